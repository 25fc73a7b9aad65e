/** A dense row-major matrix: element (row, column) is `data[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A matrix of zeros over shared memory, so that worker threads can pass it on without a copy. */
export function zeros(rows: number, columns: number): Matrix {
  const bytes = rows * columns * Float64Array.BYTES_PER_ELEMENT;
  return { rows, columns, data: new Float64Array(new SharedArrayBuffer(bytes)) };
}

/** A copy of `values` (row-major, rows × columns, any precision) in double precision. */
export function matrixFrom(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  const out = zeros(rows, columns);
  out.data.set(values);
  return out;
}

/** The chosen rows, in the order given. */
export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const out = zeros(rows.length, matrix.columns);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * matrix.columns;
    out.data.set(matrix.data.subarray(start, start + matrix.columns), i * matrix.columns);
  }
  return out;
}

/** The chosen columns, in the order given. */
export function takeColumns(matrix: Matrix, columns: ArrayLike<number>): Matrix {
  const out = zeros(matrix.rows, columns.length);
  for (let row = 0; row < matrix.rows; row++) {
    const from = row * matrix.columns;
    const to = row * columns.length;
    for (let j = 0; j < columns.length; j++) {
      out.data[to + j] = matrix.data[from + (columns[j] as number)] as number;
    }
  }
  return out;
}

/** Aᵀ. */
export function transpose(matrix: Matrix): Matrix {
  const out = zeros(matrix.columns, matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      out.data[column * matrix.rows + row] = matrix.data[row * matrix.columns + column] as number;
    }
  }
  return out;
}
