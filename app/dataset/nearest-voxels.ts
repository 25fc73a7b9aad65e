import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { mapping } from "./affine.ts";

/** Where the voxels of one grid lie on another. */
export interface NearestVoxels {
  /** For each voxel of the first grid the nearest of the other, linear; −1 where that grid does not reach. */
  readonly at: Int32Array;
  /** Whether the other grid lies off the first one's lattice, so that the nearest is not the same place. */
  readonly resampled: boolean;
  /** Whether it has another number of voxels along some axis. */
  readonly otherShape: boolean;
}

/**
 * The nearest voxel of `other`, the grid of the image at `path`, for each voxel of `grid`.
 * @throws Fault image/unreadable where the other affine can't be inverted
 */
export function nearestVoxels(grid: Grid, other: Grid, path: string): NearestVoxels {
  const m = mapping(grid.affine, other.affine);
  if (m === null) throw new Fault("image/unreadable", { path, detail: "its affine can't be inverted" });
  const [nx, ny, nz] = grid.dimensions;
  const [ox, oy, oz] = other.dimensions;
  const nearest = (r: number, i: number, j: number, k: number): number =>
    Math.round((m[r * 4] ?? 0) * i + (m[r * 4 + 1] ?? 0) * j + (m[r * 4 + 2] ?? 0) * k + (m[r * 4 + 3] ?? 0));
  const at = new Int32Array(nx * ny * nz).fill(-1);
  let voxel = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, voxel++) {
        const x = nearest(0, i, j, k);
        const y = nearest(1, i, j, k);
        const z = nearest(2, i, j, k);
        const within = x >= 0 && y >= 0 && z >= 0 && x < ox && y < oy && z < oz;
        if (within) at[voxel] = x + ox * (y + oy * z);
      }
    }
  }
  return {
    at,
    resampled: !m.every(
      (value, i) => Math.abs(value - (i % 4 === 3 ? Math.round(value) : i % 5 === 0 ? 1 : 0)) < 1e-3,
    ),
    otherShape: nx !== ox || ny !== oy || nz !== oz,
  };
}
