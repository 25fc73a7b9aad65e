import { expect, test } from "vitest";
import type { Progress } from "#app/contract/progress.ts";
import { RunMeter } from "#app/run/run-meter.ts";

test("a run is never told to be further than all of it, whatever was counted beforehand", () => {
  const told: Progress[] = [];
  const meter = new RunMeter((progress) => told.push(progress));
  meter.begin("align and classify", 4);
  meter.advance(3);
  meter.advance(3);
  meter.note("last");
  expect(told.at(-1)).toMatchObject({ done: 4, total: 4, remainingMs: [0, 0], note: "last" });
  // A fold that took less than was counted is made up for.
  meter.advance(-4);
  meter.note(null);
  expect(told.at(-1)).toMatchObject({ done: 2, total: 4 });
});
