import type { Grid } from "#app/contract/dataset.ts";
import { type ExampleVolume, placeIn } from "./example-volume.ts";

/** 3 mm voxels of a box around both ventral temporal cortices, on the lattice of the 1 mm template. */
const grid: Grid = {
  dimensions: [37, 25, 13],
  kind: "volume",
  affine: [3, 0, 0, -54, 0, 3, 0, -92, 0, 0, 3, -36, 0, 0, 0, 1],
};

const CENTRE = { x: 34, y: -56, z: -18 };
const RADII = { x: 18, y: 30, z: 12 };
/** How far the measured part of the brain reaches beyond the region. */
const MARGIN = 1.25;

/** An ellipsoid in each hemisphere responds, and a little more was measured. */
export function ventralTemporal(): ExampleVolume {
  const [nx, ny, nz] = grid.dimensions;
  const responding = new Uint8Array(nx * ny * nz);
  const brain = new Uint8Array(nx * ny * nz);
  for (let at = 0; at < brain.length; at++) {
    const [x, y, z] = placeIn(grid, at);
    const far = Math.hypot(
      (Math.abs(x) - CENTRE.x) / RADII.x,
      (y - CENTRE.y) / RADII.y,
      (z - CENTRE.z) / RADII.z,
    );
    responding[at] = far <= 1 ? 1 : 0;
    brain[at] = far <= MARGIN ? 1 : 0;
  }
  return { grid, brain, responding };
}
