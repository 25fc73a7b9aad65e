import { expect, test } from "vitest";
import { StayAwake } from "#main/stay-awake.ts";

test("sleep is blocked once while there is work, and let again after it", () => {
  const told: string[] = [];
  const stayAwake = new StayAwake({
    start: (type) => told.push(`start ${type}`),
    stop: (id) => told.push(`stop ${id}`),
  });
  for (const awake of [false, true, true, false, false, true]) stayAwake.set(awake);
  expect(told).toStrictEqual(["start prevent-app-suspension", "stop 1", "start prevent-app-suspension"]);
});
