import type { Grid } from "#app/contract/dataset.ts";

/** 3 mm voxels of a box around both ventral temporal cortices, on the lattice of the 1 mm template. */
export const exampleGrid: Grid = {
  dimensions: [37, 25, 13],
  kind: "volume",
  affine: [3, 0, 0, -54, 0, 3, 0, -92, 0, 0, 3, -36, 0, 0, 0, 1],
};

const CENTRE = { x: 34, y: -56, z: -18 };
const RADII = { x: 18, y: 30, z: 12 };
/** How far the measured part of the brain reaches beyond the region. */
const MARGIN = 1.25;

/** The voxels of the region and of what was measured, 1 inside, x fastest; an ellipsoid in each hemisphere. */
export function exampleMasks(): { readonly region: Uint8Array; readonly brain: Uint8Array } {
  const [nx, ny, nz] = exampleGrid.dimensions;
  const region = new Uint8Array(nx * ny * nz);
  const brain = new Uint8Array(nx * ny * nz);
  for (let at = 0; at < region.length; at++) {
    const [x, y, z] = placeOf(at);
    const far = Math.hypot(
      (Math.abs(x) - CENTRE.x) / RADII.x,
      (y - CENTRE.y) / RADII.y,
      (z - CENTRE.z) / RADII.z,
    );
    region[at] = far <= 1 ? 1 : 0;
    brain[at] = far <= MARGIN ? 1 : 0;
  }
  return { region, brain };
}

/** Where a voxel lies, in mm. */
export function placeOf(at: number): [number, number, number] {
  const [nx, ny] = exampleGrid.dimensions;
  const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
  const affine = exampleGrid.affine as readonly number[];
  return [3 * i + (affine[3] as number), 3 * j + (affine[7] as number), 3 * k + (affine[11] as number)];
}
