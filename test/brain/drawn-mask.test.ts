import fc from "fast-check";
import { expect, test } from "vitest";
import { DrawnMask } from "#renderer/brain/drawn-mask.ts";

type Three = readonly [number, number, number];

function grid(dimensions: Three, [x, y, z]: Three, [ox, oy, oz]: Three) {
  const affine = [x, 0, 0, ox, 0, y, 0, oy, 0, 0, z, oz, 0, 0, 0, 1];
  return { kind: "volume" as const, dimensions, affine };
}

/** Voxels of 3 mm, the first axis to the left, on a background of 1 mm: 9 × 6 × 3 to the images' 3 × 2 × 1. */
const images = grid([3, 2, 1], [-3, 3, 3], [7, 1, 1]);
const background = grid([9, 6, 3], [1, 1, 1], [0, 0, 0]);
const at = (x: number, y: number, z: number) => x + 9 * (y + 6 * z);

function drawn(mask: DrawnMask, at: readonly number[], value = 1): boolean {
  const bitmap = mask.painted.slice();
  for (const voxel of at) bitmap[voxel] = value;
  return mask.take(bitmap);
}

test("a stroke on any slice of the background takes the whole voxels of the images that it touches", () => {
  const mask = new DrawnMask(images, background);
  // One background voxel in the corner, and one at the far end of the image's first axis.
  expect(drawn(mask, [at(0, 0, 2), at(8, 5, 0)])).toBe(true);
  expect([...mask.voxels()]).toStrictEqual([2, 3]);
  expect(mask.painted.reduce((sum, flag) => sum + flag, 0)).toBe(2 * 27);
  expect([at(0, 0, 0), at(2, 2, 2), at(3, 0, 0)].map((voxel) => mask.painted[voxel])).toStrictEqual([
    1, 1, 0,
  ]);
});

test("the eraser erases whole voxels, and strokes are taken back one by one", () => {
  const mask = new DrawnMask(images, background);
  drawn(mask, [at(1, 1, 1)]);
  drawn(mask, [at(4, 1, 1)]);
  expect([...mask.voxels()]).toStrictEqual([1, 2]);
  expect(drawn(mask, [at(0, 2, 0)], 0)).toBe(true);
  expect([...mask.voxels()]).toStrictEqual([1]);
  expect(mask.undo()).toBe(true);
  expect([...mask.voxels()]).toStrictEqual([1, 2]);
  mask.clear();
  expect(mask.voxels()).toHaveLength(0);
  expect([mask.undo(), mask.undo(), mask.undo()]).toStrictEqual([true, true, true]);
  expect(mask.voxels()).toHaveLength(0);
  expect(mask.undo()).toBe(false);
});

test("a stroke that changes nothing is no step to take back", () => {
  const mask = new DrawnMask(images, background);
  mask.load(Int32Array.of(2));
  expect(drawn(mask, [at(0, 0, 0)])).toBe(false);
  expect(drawn(mask, [at(8, 0, 0)], 0)).toBe(false);
  expect(mask.undo()).toBe(false);
  expect([...mask.voxels()]).toStrictEqual([2]);
});

test("what is drawn outside the images' grid is not kept", () => {
  const mask = new DrawnMask(images, grid([20, 6, 3], [1, 1, 1], [0, 0, 0]));
  const bitmap = mask.painted.slice();
  bitmap[15] = 1;
  expect(mask.take(bitmap)).toBe(false);
  expect(mask.painted[15]).toBe(0);
});

test("on images finer than the background a stroke takes all voxels whose centres it covers", () => {
  const fine = grid([6, 2, 2], [1, 1, 1], [0, 0, 0]);
  const mask = new DrawnMask(fine, grid([3, 1, 1], [2, 2, 2], [0.5, 0.5, 0.5]));
  expect(drawn(mask, [1])).toBe(true);
  expect([...mask.voxels()]).toStrictEqual([2, 3, 8, 9, 14, 15, 20, 21]);
  // A single one of them is seen, and can be erased.
  mask.load(Int32Array.of(21));
  expect([...mask.painted]).toStrictEqual([0, 1, 0]);
  expect(drawn(mask, [1], 0)).toBe(true);
  expect(mask.voxels()).toHaveLength(0);
});

test("a mask that is loaded, painted and drawn over with itself stays the same", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5 })), (voxels) => {
      const mask = new DrawnMask(images, background);
      mask.load(Int32Array.from(voxels));
      expect(mask.take(mask.painted.slice())).toBe(false);
      expect([...mask.voxels()]).toStrictEqual([...voxels].sort((a, b) => a - b));
    }),
  );
});
