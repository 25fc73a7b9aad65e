import { expect, test } from "vitest";
import { dotOffsets } from "#renderer/screens/classify/dot-offsets.ts";

test("dots that would lie on each other stand side by side, always in the same way", () => {
  expect(dotOffsets([0.38, 0.2, 0.385, 0.38], 0.02)).toStrictEqual([0, 0, -1, 1]);
  expect(dotOffsets([0.1, 0.1, 0.13], 0.02)).toStrictEqual([0, 1, 0]);
});

test("a subject without a value takes no room", () => {
  expect(dotOffsets([null, 0.5, null], 0.02)).toStrictEqual([0, 0, 0]);
});

test("an axis without height puts them side by side", () => {
  expect(dotOffsets([0.1, 0.9], Number.POSITIVE_INFINITY)).toStrictEqual([0, 1]);
});
