import type { Grid } from "#app/contract/dataset.ts";

/** The pairs of voxels that share a face, each once, as places in `voxels` (linear on the grid, ascending). */
export function facePairs(grid: Grid, voxels: Int32Array): number[] {
  const [nx, ny] = grid.dimensions;
  const placeOf = new Map<number, number>();
  for (let place = 0; place < voxels.length; place++) placeOf.set(voxels[place] as number, place);
  const pairs: number[] = [];
  for (let place = 0; place < voxels.length; place++) {
    const voxel = voxels[place] as number;
    const i = voxel % nx;
    const j = Math.floor(voxel / nx) % ny;
    const ahead = [i + 1 < nx ? 1 : 0, j + 1 < ny ? nx : 0, nx * ny];
    for (const step of ahead) {
      const other = step === 0 ? undefined : placeOf.get(voxel + step);
      if (other !== undefined) pairs.push(place, other);
    }
  }
  return pairs;
}
