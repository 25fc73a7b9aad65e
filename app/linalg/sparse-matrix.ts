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

/**
 * A matrix made column by column: `fill` adds values to rows of one, in any order and any number of them to one row;
 * they are summed as they come. `most` is how many rows all columns have at most.
 */
export function sparseOf(
  { rows, columns, most }: { readonly rows: number; readonly columns: number; readonly most: number },
  fill: (column: number, add: (row: number, value: number) => void) => void,
): SparseMatrix {
  const starts = new Int32Array(columns + 1);
  const [indices, values] = [new Int32Array(most), new Float64Array(most)];
  const sums = new Float64Array(rows);
  /** The last column that a row was met in, from 1. */
  const met = new Int32Array(rows);
  let [filled, mark] = [0, 0];
  const add = (row: number, value: number) => {
    if (met[row] === mark) sums[row] = (sums[row] as number) + value;
    else {
      met[row] = mark;
      sums[row] = value;
      indices[filled] = row;
      filled += 1;
    }
  };
  for (let column = 0; column < columns; column++) {
    const from = filled;
    mark = column + 1;
    fill(column, add);
    indices.subarray(from, filled).sort();
    for (let at = from; at < filled; at++) values[at] = sums[indices[at] as number] as number;
    starts[column + 1] = filled;
  }
  return { rows, columns, starts, indices: indices.slice(0, filled), values: values.slice(0, filled) };
}

/** The sum of sparse matrices of one size, taken in the order given. */
export function sumSparse(parts: readonly SparseMatrix[]): SparseMatrix {
  const { rows, columns } = parts[0] as SparseMatrix;
  const most = parts.reduce((all, { values }) => all + values.length, 0);
  return sparseOf({ rows, columns, most }, (column, add) => {
    for (const { starts, indices, values } of parts) {
      const end = starts[column + 1] as number;
      for (let at = starts[column] as number; at < end; at++)
        add(indices[at] as number, values[at] as number);
    }
  });
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
