import { expect, test } from "vitest";
import { boxAround } from "#renderer/brain/box.ts";

test("a box holds all places with room around them", () => {
  expect(
    boxAround([
      [-10, 0, 5],
      [4, -60, 5],
    ]),
  ).toStrictEqual({ least: [-28, -78, -13], most: [22, 18, 23] });
});

test("nothing has no box", () => {
  expect(boxAround([])).toBeNull();
});
