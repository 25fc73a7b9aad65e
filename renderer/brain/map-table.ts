import type { Grid } from "#app/contract/dataset.ts";
import { columnAt } from "./columns.ts";
import type { RegionGrid } from "./region-grid.ts";

export const mapColumns = ["x_mm", "y_mm", "z_mm", "value"] as const;

/** A map's values by place, one row a voxel of the region; a value that the common space lacks is left empty. */
export function mapRows(region: RegionGrid, values: Float32Array): (string | number)[][] {
  return region.places().map((mm, voxel) => {
    return [...mm.map((one) => Number(one.toFixed(3))), cellOf(values[voxel])];
  });
}

/** `vertex` counts within its hemisphere, as surface files do; `column` over all of them. All count from 0. */
export function columnTableHead({ kind }: Grid): readonly string[] {
  return ["structure", kind === "surface" ? "vertex" : "column_of_structure", "column", "value"];
}

/** The same of columns without a place. @param voxels V, which column of the grid each is */
export function columnRows(grid: Grid, voxels: Int32Array, values: Float32Array): (string | number)[][] {
  return Array.from(voxels, (column, at) => {
    const { structure, number } = columnAt(grid, column);
    return [structure, number, column, cellOf(values[at])];
  });
}

function cellOf(value = Number.NaN): string | number {
  return Number.isNaN(value) ? "" : Number(value.toPrecision(7));
}
