import { expect, test } from "vitest";
import { dotOffsets } from "#renderer/screens/classify/dot-offsets.ts";

test("equal values stand side by side about the middle, in their order", () => {
  expect(dotOffsets([0.38, 0.2, 0.381, 0.38])).toStrictEqual([-1, 0, 0, 1]);
  expect(dotOffsets([0.1, 0.1])).toStrictEqual([-0.5, 0.5]);
});

test("a subject without a value takes no room", () => {
  expect(dotOffsets([null, 0.5, null])).toStrictEqual([0, 0, 0]);
});
