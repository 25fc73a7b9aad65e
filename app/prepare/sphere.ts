import type { Grid } from "#app/contract/dataset.ts";

/** Affines are stored in single precision: a centre on the surface counts as within. */
const SLACK_MM = 1e-4;

/**
 * The voxels of a volume's grid whose centres lie within `radius` mm of `centre` (mm), whatever the axes of the grid:
 * linear, ascending.
 */
export function sphereVoxels(
  { dimensions: [nx, ny, nz], affine }: Grid,
  centre: readonly [number, number, number],
  radius: number,
): Int32Array {
  const most = (radius + SLACK_MM) ** 2;
  const found: number[] = [];
  const a = (r: number, c: number): number => affine[r * 4 + c] ?? 0;
  let voxel = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, voxel++) {
        const x = a(0, 0) * i + a(0, 1) * j + a(0, 2) * k + a(0, 3) - centre[0];
        const y = a(1, 0) * i + a(1, 1) * j + a(1, 2) * k + a(1, 3) - centre[1];
        const z = a(2, 0) * i + a(2, 1) * j + a(2, 2) * k + a(2, 3) - centre[2];
        if (x * x + y * y + z * z <= most) found.push(voxel);
      }
    }
  }
  return Int32Array.from(found);
}
