import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseColumns, parseEvents, readEvents } from "#app/dataset/events.ts";

const table =
  "\uFEFFonset\tduration\ttrial_type\tresponse\r\n4\t2\tface\tn/a\r\n0\tn/a\thouse\tleft\r\nn/a\t2\tcat\tleft\r\n8\t2\tN/A\tright\r\n";

test("reads events in time's order, with n/a as no value and without rows that have no onset", () => {
  expect(parseEvents(table, "trial_type")).toStrictEqual([
    { onset: 0, duration: 0, label: "house" },
    { onset: 4, duration: 2, label: "face" },
    { onset: 8, duration: 2, label: null },
  ]);
});

test("lists the columns beside the times and their values in order of appearance", () => {
  expect(parseColumns(table)).toStrictEqual([
    { name: "trial_type", values: ["face", "house", "cat"] },
    { name: "response", values: ["left", "right"] },
  ]);
});

test("says which columns there are where one is missing", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "events-")), "task-a_events.tsv");
  writeFileSync(path, table);
  await expect(readEvents(path, "stimulus")).rejects.toThrow(
    "task-a_events.tsv has no column stimulus. Use one of its columns: onset, duration, trial_type, response.",
  );
  await expect(readEvents(`${path}.gone`, "stimulus")).rejects.toMatchObject({ code: "events/unreadable" });
});
