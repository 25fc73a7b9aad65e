import type { Grid } from "#app/contract/dataset.ts";

/** The length in mm of a step along an axis: of a column of the affine. */
export function voxelSize({ affine }: Grid, axis: number): number {
  return Math.hypot(affine[axis] ?? 0, affine[4 + axis] ?? 0, affine[8 + axis] ?? 0);
}
