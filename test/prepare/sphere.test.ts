import fc from "fast-check";
import { expect, test } from "vitest";
import type { Grid } from "#app/contract/dataset.ts";
import { sphereVoxels } from "#app/prepare/sphere.ts";

const gridOf = (affine: readonly number[]): Grid => ({ kind: "volume", dimensions: [7, 7, 7], affine });
const straight = gridOf([3, 0, 0, -9, 0, 3, 0, -9, 0, 0, 3, -9, 0, 0, 0, 1]);

test("counts the voxels whose centres lie within the radius, those on its surface too", () => {
  expect([...sphereVoxels(straight, [0, 0, 0], 2.9)]).toStrictEqual([3 + 7 * (3 + 7 * 3)]);
  expect(sphereVoxels(straight, [0, 0, 0], 3)).toHaveLength(7);
  expect(sphereVoxels(straight, [0, 0, 0], 4.25)).toHaveLength(19);
  expect(sphereVoxels(straight, [0, 0, 0], 5.2)).toHaveLength(27);
  expect(sphereVoxels(straight, [0, 0, 0], 6)).toHaveLength(33);
  expect(sphereVoxels(straight, [-9, -9, -9], 3)).toHaveLength(4);
  expect(sphereVoxels(straight, [100, 0, 0], 3)).toHaveLength(0);
});

test("voxels that are not cubes, and left-handed axes", () => {
  const flat = gridOf([-3, 0, 0, 9, 0, 3, 0, -9, 0, 0, 6, -18, 0, 0, 0, 1]);
  expect(sphereVoxels(flat, [0, 0, 0], 3)).toHaveLength(5);
  expect(sphereVoxels(flat, [0, 0, 0], 6)).toHaveLength(15);
});

test("an oblique grid turned about the centre has the same voxels", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.constantFrom(3, 4.25, 5.2, 6, 7),
      (a, b, radius) => {
        const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
        // About z by a, then about x by b.
        const turn = [
          [ca, -sa, 0],
          [cb * sa, cb * ca, -sb],
          [sb * sa, sb * ca, cb],
        ];
        const affine = turn.flatMap((row) => [
          ...row.map((x) => 3 * x),
          -9 * row.reduce((sum, x) => sum + x, 0),
        ]);
        expect([...sphereVoxels(gridOf([...affine, 0, 0, 0, 1]), [0, 0, 0], radius)]).toStrictEqual([
          ...sphereVoxels(straight, [0, 0, 0], radius),
        ]);
      },
    ),
  );
});
