import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { eachVolume } from "#app/dataset/nifti-voxels.ts";
import {
  constantVoxels,
  countFlags,
  nonFiniteVoxels,
  type VoxelFlaws,
  VoxelStatistics,
} from "#app/dataset/voxel-statistics.ts";
import { sharedFolder } from "#test/shared.ts";

function look(...rows: number[][]): VoxelFlaws {
  const statistics = new VoxelStatistics(rows[0]?.length ?? 0);
  for (const row of rows) statistics.look(Float32Array.from(row));
  return statistics.flaws;
}

test("a tail is at least two final volumes that are one; NaN repeats itself too", () => {
  expect(look([1, 2], [3, 4], [5, 6]).goodRows).toBe(3);
  expect(look([1, 2], [3, 4], [3, 4]).goodRows).toBe(1);
  expect(look([1, 2], [1, 2], [3, 4]).goodRows).toBe(3);
  expect(look([1, 2], [3, Number.NaN], [3, Number.NaN], [3, Number.NaN]).goodRows).toBe(1);
  expect(look([1, 2], [1, 2], [1, 2]).goodRows).toBe(3);
  expect(look([1, 2]).goodRows).toBe(1);
});

test("a voxel is judged by the rows that are kept", () => {
  const flaws = look([1, 1, 1], [1, 2, 1], [1, 3, Number.NaN], [2, 4, 1]);
  expect([...constantVoxels(flaws, 3)]).toStrictEqual([1, 0, 0]);
  expect([...constantVoxels(flaws, 2)]).toStrictEqual([1, 0, 1]);
  expect([...constantVoxels(flaws, 4)]).toStrictEqual([0, 0, 0]);
  expect([...nonFiniteVoxels(flaws, 2)]).toStrictEqual([0, 0, 0]);
  expect([...nonFiniteVoxels(flaws, 3)]).toStrictEqual([0, 0, 1]);
});

describe.skipIf(sharedFolder === null)("the NIfTI fixtures", () => {
  const fixture = (name: string) => join(sharedFolder ?? "", "data", "fixtures", "nifti", name);

  test("four voxels of nan_inf_const are not finite and two do not change", async () => {
    const header = await readHeader(fixture("nan_inf_const.nii.gz"));
    const { indices } = await voxelsInside(header.grid, []);
    const statistics = new VoxelStatistics(indices.length);
    await eachVolume(fixture("nan_inf_const.nii.gz"), header, indices, (values) => statistics.look(values));
    expect(indices).toHaveLength(210);
    expect(countFlags(nonFiniteVoxels(statistics.flaws, 8))).toBe(4);
    const constant = constantVoxels(statistics.flaws, 8);
    expect([...constant.keys()].filter((v) => constant[v] === 1)).toStrictEqual([
      1 + 7 * (1 + 6 * 1),
      4 + 7 * (2 + 6 * 2),
    ]);
  });

  test.each([
    ["mask.nii.gz", 60, false, false],
    ["mask_float_prob.nii.gz", 60, false, false],
    ["mask_shifted_affine.nii.gz", 60, true, false],
    ["mask_other_grid.nii.gz", 210, false, true],
  ])("%s covers %i voxels of the images' grid", async (name, voxels, resampled, otherShape) => {
    const { grid } = await readHeader(fixture("f4.nii.gz"));
    const found = await voxelsInside(grid, [fixture(name)]);
    expect([found.indices.length, found.resampled, found.otherShape]).toStrictEqual([
      voxels,
      resampled,
      otherShape,
    ]);
  });
});
