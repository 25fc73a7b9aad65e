import { expect, test } from "vitest";
import { shortNames } from "#renderer/parts/short-names.ts";

test("what all names share is left out, but no digit of a number is", () => {
  expect(shortNames(["task-a_run-1", "task-a_run-2"])).toStrictEqual(["1", "2"]);
  expect(shortNames(["run-10", "run-11"])).toStrictEqual(["10", "11"]);
  expect(shortNames(["task-rest", "task-rest_run-2"])).toStrictEqual(["task-rest", "task-rest_run-2"]);
});

test("one name alone stays whole", () => {
  expect(shortNames(["task-movie"])).toStrictEqual(["task-movie"]);
});
