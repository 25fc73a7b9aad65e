import type { Grid } from "./dataset.ts";

/** What one column of a grid is called, and several: a structure's columns are its vertices on a surface only. */
export function columnNoun({ kind }: Pick<Grid, "kind">): { readonly one: string; readonly many: string } {
  if (kind === "volume") return { one: "voxel", many: "voxels" };
  if (kind === "surface") return { one: "vertex", many: "vertices" };
  return kind === "grayordinates"
    ? { one: "grayordinate", many: "grayordinates" }
    : { one: "column", many: "columns" };
}
