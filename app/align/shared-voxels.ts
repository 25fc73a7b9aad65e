import { type Matrix, takeColumns, zeros } from "#app/linalg/matrix.ts";

/** The voxels that two sides share: pair k is column `source[k]` of one and `target[k]` of the other. */
export interface SharedVoxels {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

export const NO_VOXELS: SharedVoxels = { source: new Int32Array(), target: new Int32Array() };

/** By the voxel that each column is. */
export function sharedVoxels(source: Int32Array, target: Int32Array): SharedVoxels {
  if (sameVoxels(source, target)) {
    const all = source.map((_, at) => at);
    return { source: all, target: all };
  }
  const place = new Map<number, number>();
  target.forEach((voxel, at) => {
    place.set(voxel, at);
  });
  const kept = Array.from(source.keys()).filter((at) => place.has(source[at] as number));
  return {
    source: Int32Array.from(kept),
    target: Int32Array.from(kept, (at) => place.get(source[at] as number) as number),
  };
}

/** Whether both sides have the same voxels in the same places. */
export function sameVoxels(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Rows over the voxels of one side as rows over the other's `width` voxels, zero where they share none. */
export function carriedOver(rows: Matrix, from: Int32Array, to: Int32Array, width: number): Matrix {
  const out = zeros(rows.rows, width);
  for (let row = 0; row < rows.rows; row++) {
    for (let k = 0; k < from.length; k++) {
      out.data[row * width + (to[k] as number)] = rows.data[
        row * rows.columns + (from[k] as number)
      ] as number;
    }
  }
  return out;
}

/** The columns of `rows` that are shared; all of them, uncopied, where all are and in their order. */
export function sharedColumns(rows: Matrix, columns: Int32Array): Matrix {
  return allInPlace(columns, rows.columns) ? rows : takeColumns(rows, columns);
}

/** Whether these columns are all of so many, in their order. */
export function allInPlace(columns: Int32Array, width: number): boolean {
  return columns.length === width && columns.every((column, at) => column === at);
}
