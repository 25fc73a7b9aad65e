import { expect, test } from "vitest";
import { nearestColumn } from "#renderer/brain/nearest-column.ts";
import { signedRgb } from "#renderer/brain/signed-colours.ts";
import { surfaceColours } from "#renderer/brain/surface-colours.ts";

/** Four vertices, 10 mm apart along x, of the right hemisphere, whose first column is 100. */
const points = Float32Array.of(0, 0, 0, 10, 0, 0, 20, 0, 0, 30, 0, 0);
const voxels = Int32Array.of(7, 100, 101, 103);
const values = Float32Array.of(9, 0.5, -2, Number.NaN);
const shown = { points, first: 100, voxels, values, threshold: 1, end: 2, chosen: null };
const colours = (changes: Partial<Parameters<typeof surfaceColours>[0]> = {}) =>
  Array.from({ length: 4 }, (_, vertex) => [
    ...surfaceColours({ ...shown, ...changes }).subarray(4 * vertex, 4 * vertex + 4),
  ]);

test("a vertex has the colour of its value; below the threshold, and without one, that of cortex", () => {
  const plain = [176, 174, 172, 255];
  const outside = [120, 119, 118, 255];
  expect(colours()).toStrictEqual([plain, [...signedRgb(-2, 2), 255], outside, plain]);
  expect(colours({ threshold: 0 })[0]).toStrictEqual([...signedRgb(0.5, 2), 255]);
  expect(colours({ values: null })).toStrictEqual([plain, plain, outside, plain]);
});

test("the chosen vertex stands out, of a coarse mesh alone", () => {
  const mark = [255, 214, 10, 255];
  expect(colours({ chosen: 2 }).map((colour) => colour.join() === mark.join())).toStrictEqual([
    false,
    false,
    true,
    false,
  ]);
});

test("a place on a hemisphere is the region's nearest vertex there", () => {
  expect(nearestColumn(points, 100, voxels, [19, 1, 0])).toBe(2);
  expect(nearestColumn(points, 100, voxels, [25.5, 0, 0])).toBe(3);
  expect(nearestColumn(points, 500, voxels, [0, 0, 0])).toBeNull();
});
