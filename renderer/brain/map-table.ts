import type { RegionGrid } from "./region-grid.ts";

export const mapColumns = ["x_mm", "y_mm", "z_mm", "value"] as const;

/** A map's values by place, one row a voxel of the region; a value that the common space lacks is left empty. */
export function mapRows(region: RegionGrid, values: Float32Array): (string | number)[][] {
  return region.places().map((mm, voxel) => {
    const value = values[voxel] ?? Number.NaN;
    return [
      ...mm.map((one) => Number(one.toFixed(3))),
      Number.isNaN(value) ? "" : Number(value.toPrecision(7)),
    ];
  });
}
