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
 * Some rows and the same columns, `places`, of a larger square matrix, by rows: row i holds `values[k]` in column
 * `indices[k]`, both among the places, for k from `starts[i]` up to `starts[i + 1]`.
 */
export interface SparsePart {
  readonly places: Int32Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** What is not 0 of a square matrix. */
export function sparsePart({ rows, columns, data }: Matrix, places: Int32Array): SparsePart {
  let count = 0;
  for (let at = 0; at < data.length; at++) if (data[at] !== 0) count += 1;
  const starts = new Int32Array(rows + 1);
  const [indices, values] = [new Int32Array(count), new Float64Array(count)];
  for (let row = 0, at = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = data[at] as number;
      if (value === 0) continue;
      indices[to] = column;
      values[to] = value;
      to += 1;
    }
    starts[row + 1] = to;
  }
  return { places, starts, indices, values };
}

/**
 * The size × size sum of its parts, taken in the order given. Rows are gone through twice, first to count what each column
 * will hold; written one after the other they stand in each column in their order.
 */
export function sumSparseParts(size: number, parts: readonly SparsePart[]): SparseMatrix {
  const having = partsByRow(size, parts);
  const sums = new Float64Array(size);
  const met = new Int32Array(size);
  /** When a column was met last: each row has a mark of its own, each time it is gone through. */
  const seen = new Int32Array(size);
  let mark = 0;
  /** The columns that a row has anything in, in the order met; `sums` has their values. */
  const columnsOf = (row: number): Int32Array => {
    mark += 1;
    let count = 0;
    for (const { part, at } of having[row] ?? []) {
      const end = part.starts[at + 1] as number;
      for (let k = part.starts[at] as number; k < end; k++) {
        const column = part.places[part.indices[k] as number] as number;
        const value = part.values[k] as number;
        if (seen[column] === mark) sums[column] = (sums[column] as number) + value;
        else {
          seen[column] = mark;
          sums[column] = value;
          met[count] = column;
          count += 1;
        }
      }
    }
    return met.subarray(0, count);
  };
  const starts = new Int32Array(size + 1);
  for (let row = 0; row < size; row++) {
    for (const column of columnsOf(row)) starts[column + 1] = (starts[column + 1] as number) + 1;
  }
  for (let column = 0; column < size; column++) {
    starts[column + 1] = (starts[column + 1] as number) + (starts[column] as number);
  }
  const filled = starts.slice(0, size);
  const count = starts[size] as number;
  const [indices, values] = [new Int32Array(count), new Float64Array(count)];
  for (let row = 0; row < size; row++) {
    for (const column of columnsOf(row)) {
      const to = filled[column] as number;
      indices[to] = row;
      values[to] = sums[column] as number;
      filled[column] = to + 1;
    }
  }
  return { rows: size, columns: size, starts, indices, values };
}

/** Of each row of the whole the parts that have it, in their order, and where. */
function partsByRow(size: number, parts: readonly SparsePart[]) {
  const having: { readonly part: SparsePart; readonly at: number }[][] = Array.from(
    { length: size },
    () => [],
  );
  for (const part of parts) {
    part.places.forEach((row, at) => {
      having[row]?.push({ part, at });
    });
  }
  return having;
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

/** Sᵀ. */
export function transposeSparse({ rows, columns, starts, indices, values }: SparseMatrix): SparseMatrix {
  const turned = new Int32Array(rows + 1);
  for (const row of indices) turned[row + 1] = (turned[row + 1] as number) + 1;
  for (let row = 0; row < rows; row++)
    turned[row + 1] = (turned[row + 1] as number) + (turned[row] as number);
  const filled = turned.slice(0, rows);
  const out = { indices: new Int32Array(indices.length), values: new Float64Array(values.length) };
  for (let column = 0; column < columns; column++) {
    for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
      const row = indices[at] as number;
      const to = filled[row] as number;
      out.indices[to] = column;
      out.values[to] = values[at] as number;
      filled[row] = to + 1;
    }
  }
  return { rows: columns, columns: rows, starts: turned, ...out };
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
