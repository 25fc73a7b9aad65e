import { type Matrix, zeros } from "./matrix.ts";

/**
 * A sparse matrix by columns (CSC, as scipy.sparse.csc_array has it): column j holds `values[k]` in row `indices[k]` for
 * k from `starts[j]` up to `starts[j + 1]`, rows ascending.
 */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** A diagonal matrix. */
export function sparseDiagonal(values: Float64Array): SparseMatrix {
  const size = values.length;
  const starts = Int32Array.from({ length: size + 1 }, (_, at) => at);
  return { rows: size, columns: size, starts, indices: starts.slice(0, size), values };
}

/** A · S for a dense A. */
export function timesSparse(a: Matrix, { columns, starts, indices, values }: SparseMatrix): Matrix {
  const out = zeros(a.rows, columns);
  for (let row = 0; row < a.rows; row++) {
    const from = row * a.columns;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      const end = starts[column + 1] as number;
      for (let at = starts[column] as number; at < end; at++) {
        sum += (a.data[from + (indices[at] as number)] as number) * (values[at] as number);
      }
      out.data[row * columns + column] = sum;
    }
  }
  return out;
}

/** All of it. */
export function denseOf({ rows, columns, starts, indices, values }: SparseMatrix): Matrix {
  const out = zeros(rows, columns);
  for (let column = 0; column < columns; column++) {
    const end = starts[column + 1] as number;
    for (let at = starts[column] as number; at < end; at++) {
      out.data[(indices[at] as number) * columns + column] = values[at] as number;
    }
  }
  return out;
}
