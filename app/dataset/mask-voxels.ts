import type { Grid } from "#app/contract/dataset.ts";
import { nearestVoxels } from "./nearest-voxels.ts";
import { readVolume } from "./nifti-voxels.ts";
import { refuseNoVolume } from "./volume-only.ts";

export interface GridVoxels {
  /** Linear, i + nx*(j + ny*k), ascending. */
  readonly indices: Int32Array;
  /** Whether a mask lay off the grid's lattice, so that the nearest of its voxels were taken. */
  readonly resampled: boolean;
  /** Whether a mask had another number of voxels along some axis. */
  readonly otherShape: boolean;
}

/**
 * The voxels of `grid` inside every mask of `paths` (above 0.5) and in every list of `held` (null is all of them).
 * @throws Fault region/not-volume of a mask for columns without a place in a volume; of an image that can't be read
 */
export async function voxelsInside(
  grid: Grid,
  paths: readonly string[],
  held: readonly (Int32Array | null)[] = [],
): Promise<GridVoxels> {
  const [nx, ny, nz] = grid.dimensions;
  const inside = new Uint8Array(nx * ny * nz).fill(1);
  for (const voxels of held) if (voxels !== null) keepListed(inside, voxels);
  let [resampled, otherShape] = [false, false];
  for (const path of paths) {
    const mask = await keepInside(inside, grid, path);
    resampled ||= mask.resampled;
    otherShape ||= mask.otherShape;
  }
  return { indices: listOf(inside), resampled, otherShape };
}

/** The places of the flags that are set, ascending. */
export function listOf(inside: Uint8Array): Int32Array {
  const indices = new Int32Array(inside.reduce((sum, flag) => sum + flag, 0));
  let at = 0;
  for (const [voxel, flag] of inside.entries()) if (flag === 1) indices[at++] = voxel;
  return indices;
}

/** Clears the flags of voxels that are not listed. */
export function keepListed(inside: Uint8Array, voxels: Int32Array): void {
  const listed = new Uint8Array(inside.length);
  for (const voxel of voxels) listed[voxel] = 1;
  for (const [voxel, flag] of listed.entries()) if (flag === 0) inside[voxel] = 0;
}

/** Clears what lies outside the mask (not above 0.5, or not a number), and tells how its grid lies. */
export async function keepInside(
  inside: Uint8Array,
  grid: Grid,
  path: string,
): Promise<Omit<GridVoxels, "indices">> {
  refuseNoVolume(grid, path);
  const { header, values } = await readVolume(path);
  const { at, resampled, otherShape } = nearestVoxels(grid, header.grid, path);
  for (const [voxel, nearest] of at.entries()) {
    if (nearest < 0 || !((values[nearest] ?? 0) > 0.5)) inside[voxel] = 0;
  }
  return { resampled, otherShape };
}
