import type { Grid } from "#app/contract/dataset.ts";

/** Where voxels of a grid (linear indices) lie: V × 3 in mm, row by row; null where the grid is not of a volume. */
export function voxelPlaces(
  { kind, dimensions: [nx, ny], affine }: Grid,
  voxels: Int32Array,
): Float64Array | null {
  if (kind !== "volume") return null;
  const out = new Float64Array(3 * voxels.length);
  voxels.forEach((voxel, at) => {
    const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    for (let axis = 0; axis < 3; axis++) {
      const row = affine.slice(4 * axis, 4 * axis + 4) as readonly number[];
      const [x = 0, y = 0, z = 0, shift = 0] = row;
      out[3 * at + axis] = x * i + y * j + z * k + shift;
    }
  });
  return out;
}
