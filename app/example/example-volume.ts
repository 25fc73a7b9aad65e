import type { Grid } from "#app/contract/dataset.ts";

/** Where a study's voxels lie: those measured and those of them that respond, 1 inside, x fastest. */
export interface ExampleVolume {
  readonly grid: Grid;
  readonly brain: Uint8Array;
  readonly responding: Uint8Array;
}

/** The affine's lattice is of 3 mm, so that it lies on that of the 1 mm template. */
export const EDGE_MM = 3;

/** Where a voxel lies, in mm. */
export function placeIn({ dimensions, affine }: Grid, at: number): [number, number, number] {
  const [nx, ny] = dimensions;
  const indices = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
  const origin = [3, 7, 11].map((place) => (affine as readonly number[])[place] as number);
  return indices.map((index, axis) => EDGE_MM * index + (origin[axis] as number)) as [number, number, number];
}
