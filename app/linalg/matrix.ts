/** A dense row-major matrix: element (row, column) is `data[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A matrix in storage precision, or a Matrix. */
export interface Values {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** A matrix in storage precision. */
export interface Single extends Values {
  readonly data: Float32Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function identity(size: number): Matrix {
  const out = zeros(size, size);
  addDiagonal(out, 1);
  return out;
}

/** Adds a value to each element of the diagonal, in place. */
export function addDiagonal({ rows, columns, data }: Matrix, value: number): void {
  for (let at = 0; at < Math.min(rows, columns); at++) {
    data[at * (columns + 1)] = (data[at * (columns + 1)] as number) + value;
  }
}

/** The sum of the diagonal. */
export function trace({ rows, columns, data }: Matrix): number {
  let sum = 0;
  for (let at = 0; at < Math.min(rows, columns); at++) sum += data[at * (columns + 1)] as number;
  return sum;
}

/** A copy of `values` (row-major, rows × columns, any precision) in double precision. */
export function matrixFrom(rows: number, columns: number, values: ArrayLike<number>): Matrix {
  const out = zeros(rows, columns);
  out.data.set(values);
  return out;
}

/** A copy in memory of its own: threads share theirs, which can't be kept as a step. */
export function copied(matrix: Matrix): Matrix {
  return { ...matrix, data: matrix.data.slice() };
}

/** The chosen rows, in the order given, in double precision. */
export function takeRows(matrix: Values, rows: ArrayLike<number>): Matrix {
  const out = zeros(rows.length, matrix.columns);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * matrix.columns;
    out.data.set(matrix.data.subarray(start, start + matrix.columns), i * matrix.columns);
  }
  return out;
}

/** The chosen columns, in the order given, in double precision. */
export function takeColumns(matrix: Values, columns: ArrayLike<number>): Matrix {
  return take(matrix, { length: matrix.rows }, columns);
}

/** The chosen rows and columns, in the orders given, in double precision; rows without values are all rows. */
export function take(
  matrix: Values,
  rows: { readonly length: number; readonly [at: number]: number },
  columns: ArrayLike<number>,
): Matrix {
  const out = zeros(rows.length, columns.length);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? i) * matrix.columns;
    const to = i * columns.length;
    for (let j = 0; j < columns.length; j++) {
      out.data[to + j] = matrix.data[from + (columns[j] as number)] as number;
    }
  }
  return out;
}

/** Where a part lies in a matrix, and how much each of its rows counts. */
export interface PartPlace {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly factors: Float64Array;
}

/** to[rows[i], columns[j]] += factors[i] · part[i, j]. */
export function addPart(to: Matrix, part: Matrix, { rows, columns, factors }: PartPlace): void {
  for (let i = 0; i < rows.length; i++) {
    const [start, from] = [(rows[i] as number) * to.columns, i * part.columns];
    const factor = factors[i] as number;
    for (let j = 0; j < columns.length; j++) {
      const at = start + (columns[j] as number);
      to.data[at] = (to.data[at] as number) + factor * (part.data[from + j] as number);
    }
  }
}

/** Every value times the scale and plus its column's offset, in place. */
export function scaleAndShift({ columns, data }: Matrix, scale: number, offsets: Float64Array): void {
  for (let at = 0, column = 0; at < data.length; at++) {
    data[at] = (data[at] as number) * scale + (offsets[column] as number);
    column = column + 1 === columns ? 0 : column + 1;
  }
}

/** The first columns; the matrix itself where they are all. */
export function firstColumns(matrix: Matrix, count: number): Matrix {
  if (count === matrix.columns) return matrix;
  const out = zeros(matrix.rows, count);
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    out.data.set(matrix.data.subarray(start, start + count), row * count);
  }
  return out;
}

/** A copy whose columns are multiplied by `factor`. */
export function scaledColumns(matrix: Matrix, factor: (column: number) => number): Matrix {
  const out = zeros(matrix.rows, matrix.columns);
  const factors = new Float64Array(matrix.columns);
  for (let column = 0; column < matrix.columns; column++) factors[column] = factor(column);
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      out.data[start + column] = (matrix.data[start + column] as number) * (factors[column] as number);
    }
  }
  return out;
}

/** A copy whose rows are multiplied by `factors`. */
export function scaledRows({ rows, columns, data }: Matrix, factors: Float64Array): Matrix {
  const out = zeros(rows, columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const factor = factors[row] as number;
    for (let column = 0; column < columns; column++, at++) out.data[at] = factor * (data[at] as number);
  }
  return out;
}

/** A copy times a number. */
export function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) };
}

/** A copy with `offsets`, one a column, taken from every row. */
export function lessOffsets(matrix: Matrix, offsets: Float64Array): Matrix {
  const out = zeros(matrix.rows, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      out.data[start + column] = (matrix.data[start + column] as number) - (offsets[column] as number);
    }
  }
  return out;
}

/** Consecutive rows in place: what is written to them is written to the matrix. */
export function rowsInPlace({ columns, data }: Matrix, first: number, rows: number): Matrix {
  return { rows, columns, data: data.subarray(first * columns, (first + rows) * columns) };
}

/** The same matrix, its values negated in place. */
export function negate(matrix: Matrix): Matrix {
  for (let at = 0; at < matrix.data.length; at++) matrix.data[at] = -(matrix.data[at] as number);
  return matrix;
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

/** The sum of matrices of one size, taken in the order given. */
export function sum([first, ...others]: readonly Matrix[]): Matrix {
  if (first === undefined) throw new Error("a sum of no matrices has no size");
  const { data } = first;
  const out = { ...first, data: data.slice() };
  for (const { data: more } of others) {
    for (let at = 0; at < more.length; at++) out.data[at] = (out.data[at] as number) + (more[at] as number);
  }
  return out;
}

/** The mean of matrices of one size, in double precision. */
export function meanOf([first, ...others]: readonly Values[]): Matrix {
  if (first === undefined) throw new Error("a mean of no matrices has no size");
  const out = matrixFrom(first.rows, first.columns, first.data);
  const count = others.length + 1;
  for (const { data } of others) {
    for (let at = 0; at < data.length; at++) out.data[at] = (out.data[at] as number) + (data[at] as number);
  }
  for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] as number) / count;
  return out;
}

/** The matrices, all of the same width, one below the other. */
export function stackRows(matrices: readonly Matrix[]): Matrix {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const out = zeros(rows, matrices[0]?.columns ?? 0);
  let at = 0;
  for (const { data } of matrices) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}

/** The matrices, all of as many rows, side by side. */
export function stackColumns(matrices: readonly Matrix[]): Matrix {
  const out = zeros(
    matrices[0]?.rows ?? 0,
    matrices.reduce((sum, { columns }) => sum + columns, 0),
  );
  let left = 0;
  for (const { columns, data } of matrices) {
    for (let row = 0; row < out.rows; row++) {
      out.data.set(data.subarray(row * columns, (row + 1) * columns), row * out.columns + left);
    }
    left += columns;
  }
  return out;
}

/** The same values in storage precision. */
export function single({ rows, columns, data }: Values): Single {
  return { rows, columns, data: new Float32Array(data) };
}
