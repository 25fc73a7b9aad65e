import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { mapping } from "./affine.ts";
import { readVolume } from "./nifti-voxels.ts";

export interface GridVoxels {
  /** Linear, i + nx*(j + ny*k), ascending. */
  readonly indices: Int32Array;
  /** Whether a mask lay off the grid's lattice, so that the nearest of its voxels were taken. */
  readonly resampled: boolean;
}

/**
 * The voxels of `grid` inside every mask of `paths` (above 0.5) and in every list of `held` (null is all of them).
 * @throws Fault region/no-volume of a mask for columns without a place in a volume; of an image that can't be read
 */
export async function voxelsInside(
  grid: Grid,
  paths: readonly string[],
  held: readonly (Int32Array | null)[] = [],
): Promise<GridVoxels> {
  const [nx, ny, nz] = grid.dimensions;
  const inside = new Uint8Array(nx * ny * nz).fill(1);
  for (const voxels of held) if (voxels !== null) keepListed(inside, voxels);
  let resampled = false;
  for (const path of paths) resampled = (await keepInside(inside, grid, path)) || resampled;
  const indices = new Int32Array(inside.reduce((sum, flag) => sum + flag, 0));
  let at = 0;
  for (const [voxel, flag] of inside.entries()) if (flag === 1) indices[at++] = voxel;
  return { indices, resampled };
}

function keepListed(inside: Uint8Array, voxels: Int32Array): void {
  const listed = new Uint8Array(inside.length);
  for (const voxel of voxels) listed[voxel] = 1;
  for (const [voxel, flag] of listed.entries()) if (flag === 0) inside[voxel] = 0;
}

/** Clears what lies outside the mask (not above 0.5, or not a number); whether it was resampled. */
async function keepInside(inside: Uint8Array, grid: Grid, path: string): Promise<boolean> {
  if (grid.kind !== "volume") throw new Fault("region/no-volume", { path });
  const { header, values } = await readVolume(path);
  const m = mapping(grid.affine, header.grid.affine);
  if (m === null) throw new Fault("image/unreadable", { path, detail: "its affine can't be inverted" });
  const [nx, ny, nz] = grid.dimensions;
  const [mx, my, mz] = header.grid.dimensions;
  const nearest = (r: number, i: number, j: number, k: number): number =>
    Math.round((m[r * 4] ?? 0) * i + (m[r * 4 + 1] ?? 0) * j + (m[r * 4 + 2] ?? 0) * k + (m[r * 4 + 3] ?? 0));
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        if (inside[at] === 0) continue;
        const x = nearest(0, i, j, k);
        const y = nearest(1, i, j, k);
        const z = nearest(2, i, j, k);
        const within = x >= 0 && y >= 0 && z >= 0 && x < mx && y < my && z < mz;
        if (!within || !((values[x + mx * (y + my * z)] ?? 0) > 0.5)) inside[at] = 0;
      }
    }
  }
  return !m.every(
    (value, i) => Math.abs(value - (i % 4 === 3 ? Math.round(value) : i % 5 === 0 ? 1 : 0)) < 1e-3,
  );
}
