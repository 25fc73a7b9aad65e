import type { Grid, RowLabels } from "#app/contract/dataset.ts";
import type { StoredArray } from "./stored-array.ts";

/** Which columns of an array are which voxels. */
export interface PlacedColumns {
  /** On the grid, ascending. */
  readonly voxels: Int32Array;
  /** The column of each of `voxels`. */
  readonly columns: Int32Array;
}

/** One subject's samples in a file: its array is volumes × columns, or one volume's columns. */
export interface DecodedImage {
  readonly part: string;
  readonly subject: string | null;
  readonly array: StoredArray;
  readonly volumes: number;
  readonly columns: number;
  readonly grid: Grid;
  /** Null where the columns are the voxels. */
  readonly placed: PlacedColumns | null;
  /** Which rows are which run, in order; one run of all rows, without a name, where the file does not say. */
  readonly runs: readonly { readonly run: string | null; readonly rows: readonly number[] | null }[];
  /** For all volumes. */
  readonly labels: readonly RowLabels[];
  readonly repetitionTimeSeconds: number | null;
  readonly remarks: readonly string[];
}

/** A volume of more voxels than this is no brain's. */
export const MOST_VOXELS = 2 ** 27;

export const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as const;

/** The grid of columns whose places are not known. */
export function columnGrid(columns: number): Grid {
  return { kind: "columns", dimensions: [columns, 1, 1], affine: IDENTITY };
}

/** Sorts columns by their voxel (one each, on the grid); null where two are the same voxel. */
export function placeColumns(voxelOfColumn: Int32Array): PlacedColumns | null {
  const columns = Int32Array.from(voxelOfColumn, (_, column) => column);
  columns.sort((a, b) => (voxelOfColumn[a] as number) - (voxelOfColumn[b] as number));
  const voxels = columns.map((column) => voxelOfColumn[column] as number);
  return voxels.some((voxel, at) => at > 0 && voxel === voxels[at - 1]) ? null : { voxels, columns };
}

/** The columns of the wanted voxels (ascending); null where one of them is not there. */
export function columnsOf({ placed, columns }: DecodedImage, wanted: Int32Array): Int32Array | null {
  if (placed === null) {
    const inside = (column: number): boolean => column >= 0 && column < columns;
    return wanted.every(inside) ? wanted : null;
  }
  const found = new Int32Array(wanted.length);
  let at = 0;
  for (const [w, voxel] of wanted.entries()) {
    while (at < placed.voxels.length && (placed.voxels[at] as number) < voxel) at++;
    if (placed.voxels[at] !== voxel) return null;
    found[w] = placed.columns[at] as number;
  }
  return found;
}

/** Whether every value is a whole number, so that they can be names of classes. */
export function areWhole(values: ArrayLike<number>): boolean {
  return Array.prototype.every.call(values, (value: number) => Number.isSafeInteger(value));
}
