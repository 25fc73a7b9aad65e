import { isAbsolute, join } from "node:path";
import type { Dataset, Grid, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Region } from "#app/contract/plan.ts";
import { readVolume } from "#app/dataset/nifti-voxels.ts";
import { mapping } from "./affine.ts";

export interface RegionVoxels {
  /** Linear, i + nx*(j + ny*k), ascending, on the grid of the images. */
  readonly indices: Int32Array;
  /** Whether the mask lay off the images' lattice, so that the nearest of its voxels were taken. */
  readonly resampled: boolean;
}

/** The voxels of a region on the grid of `files`, which share one. Throws region/empty. */
export async function regionVoxels(
  dataset: Dataset,
  files: readonly RunFile[],
  region: Region,
): Promise<RegionVoxels> {
  const grid = files[0]?.grid;
  if (grid === undefined) throw new Fault("dataset/empty", { path: dataset.path });
  const [nx, ny, nz] = grid.dimensions;
  const inside = new Uint8Array(nx * ny * nz).fill(1);
  let resampled = false;
  const paths =
    region.kind === "brain"
      ? [...new Set(files.flatMap(({ maskPath }) => maskPath ?? []))]
      : [isAbsolute(region.path) ? region.path : join(dataset.path, region.path)];
  for (const path of paths) resampled = (await keepInside(inside, grid, path)) || resampled;
  const indices = Int32Array.from(inside.keys()).filter((i) => inside[i] === 1);
  if (indices.length === 0) {
    throw new Fault("region/empty", { path: region.kind === "mask" ? region.path : "of the brain masks" });
  }
  return { indices, resampled };
}

/** Clears what lies outside the mask (not above 0.5, or not a number); whether it was resampled. */
async function keepInside(inside: Uint8Array, grid: Grid, path: string): Promise<boolean> {
  const { header, values } = await readVolume(path);
  const m = mapping(grid.affine, header.grid.affine);
  if (m === null) throw new Fault("image/unreadable", { path, detail: "its affine can't be inverted" });
  const [nx, ny, nz] = grid.dimensions;
  const [mx, my, mz] = header.grid.dimensions;
  const row = (r: number, i: number, j: number, k: number): number =>
    (m[r * 4] ?? 0) * i + (m[r * 4 + 1] ?? 0) * j + (m[r * 4 + 2] ?? 0) * k + (m[r * 4 + 3] ?? 0);
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        const [x, y, z] = [row(0, i, j, k), row(1, i, j, k), row(2, i, j, k)].map(Math.round) as [
          number,
          number,
          number,
        ];
        const within = x >= 0 && y >= 0 && z >= 0 && x < mx && y < my && z < mz;
        if (!within || !((values[x + mx * (y + my * z)] ?? 0) > 0.5)) inside[at] = 0;
      }
    }
  }
  return !m.every(
    (value, i) => Math.abs(value - (i % 4 === 3 ? Math.round(value) : i % 5 === 0 ? 1 : 0)) < 1e-3,
  );
}
