import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { niftiImage } from "./nifti-image.ts";

/**
 * A mask of these voxels (linear, i + nx·(j + ny·k)) on a volume's grid, as a gzipped NIfTI-1 file of uint8: 1 inside.
 * @throws Fault call/refused for a grid without places and a voxel that it does not have
 */
export async function maskImage(grid: Grid, voxels: Int32Array): Promise<Uint8Array> {
  const [nx, ny, nz] = grid.dimensions;
  const inside = new Uint8Array(nx * ny * nz);
  for (const voxel of voxels) {
    if (grid.kind !== "volume" || voxel < 0 || voxel >= inside.length) throw new Fault("call/refused");
    inside[voxel] = 1;
  }
  return niftiImage({ grid, volumes: 1, type: "uint8", repetitionTimeSeconds: null }, () => inside);
}
