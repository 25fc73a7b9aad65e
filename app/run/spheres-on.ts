import type { Grid } from "#app/contract/dataset.ts";
import { voxelSize } from "#app/prepare/voxel-size.ts";

/** Of the folded cortex, midway between white matter and pia. */
const HEMISPHERE_MM2 = 90_000;

/** About how many spheres a region of so many columns has, and how many columns are in one: on a surface of discs. */
export function spheresOn(grid: Grid | null, voxels: number) {
  const columns = (reachMm: number) => Math.min(voxels, Math.max(1, columnsWithin(grid, reachMm)));
  return {
    columns,
    // Centres keep so far apart that no voxel is further from one: each has the voxels of a smaller sphere to itself.
    count: (spacingMm: number | null) => (spacingMm === null ? voxels : voxels / columns(spacingMm / 2)),
  };
}

/** About how many columns lie no further than so many mm from one: in a disc of the cortex, or in a sphere. */
function columnsWithin(grid: Grid | null, reachMm: number): number {
  const hemispheres = grid?.structures?.length ?? 0;
  if (grid?.kind !== "surface" || hemispheres === 0) return 4.2 * (reachMm / (voxelMm(grid) ?? 3)) ** 3;
  return (Math.PI * reachMm ** 2 * grid.dimensions[0]) / (hemispheres * HEMISPHERE_MM2);
}

/** The cube root of a voxel's volume; null where voxels have no places in a volume. */
function voxelMm(grid: Grid | null): number | null {
  if (grid?.kind !== "volume") return null;
  return Math.cbrt([0, 1, 2].reduce((product, axis) => product * voxelSize(grid, axis), 1)) || null;
}
