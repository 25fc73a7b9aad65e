import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  Matrix as MlMatrix,
  determinant as mlDeterminant,
  SingularValueDecomposition,
} from "ml-matrix";
import type { Centred, Eigen, Linalg, Svd, Transposed, WeightedRoot } from "./linalg.ts";
import {
  addDiagonal,
  addPart,
  firstColumns,
  type Matrix,
  matrixFrom,
  type Single,
  scaledColumns,
  single,
  takeColumns,
  takeRows,
  transpose,
  zeros,
} from "./matrix.ts";
import { timesSparse } from "./sparse-matrix.ts";

/** The kernels by ml-matrix: slower than the native ones, and there on every machine. */
export const portable: Linalg = {
  name: "portable",
  kernels: "portable",
  multiply,
  addProduct,
  single,
  multiplySingle: (a, b, transposed) => single(multiply(double(a), double(b), transposed)),
  gram,
  addGram,
  scaledGram: (a, factors) =>
    gram(scaledColumns(firstColumns(a, factors.length), (k) => factors[k] as number)),
  congruence: (gram, root) => multiply(root, multiply(gram, root), { left: true }),
  svd,
  determinant,
  eigenSymmetric,
  solve,
  root: weightedRoot,
  weightedRoot,
  centre,
  centreSingle: (a) => {
    const { matrix, ...others } = centre(a);
    return { matrix: single(matrix), ...others };
  },
  blend,
  zscore,
  transpose,
  takeColumns,
  turnRows: (a, rows) => transpose(takeRows(a, rows)),
  addPart,
  timesSparse,
  within: (work) => work(),
  giveBackMemory: () => {},
};

function double({ rows, columns, data }: Single): Matrix {
  return matrixFrom(rows, columns, data);
}

function multiply(a: Matrix, b: Matrix, { left = false, right = false }: Transposed = {}): Matrix {
  const first = left ? transpose(a) : a;
  const second = right ? transpose(b) : b;
  if (first.columns !== second.rows) {
    throw new RangeError(`inner dimensions differ: ${first.columns} and ${second.rows}`);
  }
  const out = zeros(first.rows, second.columns);
  const width = second.columns;
  for (let row = 0; row < first.rows; row++) {
    const target = out.data.subarray(row * width, (row + 1) * width);
    for (let inner = 0; inner < first.columns; inner++) {
      const factor = first.data[row * first.columns + inner] as number;
      const start = inner * width;
      for (let at = 0; at < width; at++) {
        target[at] = (target[at] as number) + factor * (second.data[start + at] as number);
      }
    }
  }
  return out;
}

function gram(a: Matrix): Matrix {
  return multiply(a, a, { right: true });
}

function addGram(to: Matrix, a: Matrix): void {
  addProduct(to, a, a, { right: true });
}

function addProduct(to: Matrix, a: Matrix, b: Matrix, transposed?: Transposed): void {
  const { data } = multiply(a, b, transposed);
  if (data.length !== to.data.length)
    throw new RangeError("a result does not have the size it was said to have");
  for (let at = 0; at < data.length; at++) to.data[at] = (to.data[at] as number) + (data[at] as number);
}

function svd(a: Matrix): Svd {
  refuseNonFinite(a);
  if (a.rows < a.columns) {
    const { u, values, v } = svd(transpose(a));
    return { u: v, values, v: u };
  }
  const found = new SingularValueDecomposition(toMl(a), { autoTranspose: false });
  const values = Float64Array.from(found.diagonal);
  const u = fromMl(found.leftSingularVectors, a.columns);
  return { u, values, v: fromMl(found.rightSingularVectors, a.columns) };
}

function determinant(a: Matrix): number {
  refuseNonFinite(a);
  return mlDeterminant(toMl(a));
}

function solve(gram: Matrix, right: Matrix): Matrix {
  refuseNonFinite(gram);
  refuseNonFinite(right);
  const factored = new CholeskyDecomposition(toMl(gram));
  if (!factored.isPositiveDefinite()) throw new RangeError("the matrix is not positive definite");
  return fromMl(factored.solve(toMl(right)), right.columns);
}

function eigenSymmetric(a: Matrix): Eigen {
  refuseNonFinite(a);
  // Where eigenvalues are rounding beside 0, ml-matrix seeks their last digits and returns vectors that are not orthogonal:
  // all are moved away from 0 by the largest entry, which costs as many digits as they are known to anyway.
  const shift = a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const moved = { ...a, data: a.data.slice() };
  addDiagonal(moved, shift);
  const found = new EigenvalueDecomposition(toMl(moved), { assumeSymmetric: true });
  const order = found.realEigenvalues
    .map((value, column) => ({ value: value - shift, column }))
    .sort((x, y) => y.value - x.value || x.column - y.column);
  const vectors = zeros(a.rows, a.rows);
  order.forEach(({ column }, to) => {
    for (let row = 0; row < a.rows; row++) {
      vectors.data[row * a.rows + to] = found.eigenvectorMatrix.get(row, column);
    }
  });
  return { values: Float64Array.from(order, ({ value }) => value), vectors };
}

/** Cholesky, column by column, each time from the row with most left. */
function weightedRoot(gram: Matrix, side: number): WeightedRoot {
  refuseNonFinite(gram);
  const n = gram.rows;
  const left = Float64Array.from({ length: n }, (_, at) => gram.data[at * (n + 1)] as number);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  const first = Math.max(0, ...left);
  let last = first;
  for (let rank = 0; rank < n; rank++) {
    const pivot = left.indexOf(Math.max(...left));
    const most = left[pivot] as number;
    if (!(most > side * Number.EPSILON * first)) break;
    const column = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      if (pivots.includes(row)) continue;
      let value = gram.data[row * n + pivot] as number;
      for (const known of columns) value -= (known[row] as number) * (known[pivot] as number);
      column[row] = value / Math.sqrt(most);
      left[row] = (left[row] as number) - (column[row] as number) ** 2;
    }
    left[pivot] = Number.NEGATIVE_INFINITY;
    pivots.push(pivot);
    columns.push(column);
    last = most;
  }
  const found = transpose(fromRows(columns, n));
  return { root: found, weights: weightsOf(found, pivots), sharpness: first > 0 ? last / first : 0 };
}

/** The rows of the pivots are a lower triangle L: L⁻ᵀ in their places, zeros elsewhere. */
function weightsOf(root: Matrix, pivots: readonly number[]): Matrix {
  const rank = pivots.length;
  const out = zeros(root.rows, rank);
  const triangle = (row: number, column: number) =>
    root.data[(pivots[row] as number) * rank + column] as number;
  for (let unit = 0; unit < rank; unit++) {
    // Column `unit` of L⁻¹ by substitution, which is a row of L⁻ᵀ.
    const solved = new Float64Array(rank);
    for (let row = unit; row < rank; row++) {
      let value = row === unit ? 1 : 0;
      for (let column = unit; column < row; column++)
        value -= triangle(row, column) * (solved[column] as number);
      solved[row] = value / triangle(row, row);
    }
    out.data.set(solved, (pivots[unit] as number) * rank);
  }
  return out;
}

function centre(a: Matrix): Centred {
  const matrix = zeros(a.rows, a.columns);
  const means = zeros(1, a.columns).data;
  let squaredNorm = 0;
  for (let column = 0; column < a.columns; column++) {
    let sum = 0;
    for (let at = column; at < a.data.length; at += a.columns) sum += a.data[at] as number;
    const mean = sum / a.rows;
    means[column] = mean;
    for (let at = column; at < a.data.length; at += a.columns) {
      const value = (a.data[at] as number) - mean;
      matrix.data[at] = value;
      squaredNorm += value * value;
    }
  }
  return { matrix, means, squaredNorm };
}

function zscore({ rows, columns, data }: Matrix): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let at = column; at < data.length; at += columns) sum += data[at] as number;
    const mean = sum / rows;
    let squares = 0;
    for (let at = column; at < data.length; at += columns) squares += ((data[at] as number) - mean) ** 2;
    const factor = squares > 0 ? Math.sqrt(rows / squares) : 1;
    for (let at = column; at < data.length; at += columns) data[at] = ((data[at] as number) - mean) * factor;
  }
}

function blend(spaces: readonly Matrix[], weights: readonly number[], zscored: boolean): Matrix {
  const { rows, columns } = spaces[0] ?? { rows: 0, columns: 0 };
  const out = zeros(rows, columns);
  spaces.forEach(({ data }, k) => {
    const weight = weights[k] as number;
    if (data.length !== out.data.length) throw new RangeError("the parts of a sum differ in size");
    for (let at = 0; at < data.length; at++)
      out.data[at] = (out.data[at] as number) + weight * (data[at] as number);
  });
  if (zscored) zscore(out);
  return out;
}

/** ml-matrix would go round for ever. */
function refuseNonFinite(a: Matrix): void {
  if (!a.data.every(Number.isFinite))
    throw new RangeError("the matrix holds a value that is not a finite number");
}

function fromRows(rows: readonly Float64Array[], columns: number): Matrix {
  const out = zeros(rows.length, columns);
  rows.forEach((row, at) => {
    out.data.set(row, at * columns);
  });
  return out;
}

function toMl(a: Matrix): MlMatrix {
  return MlMatrix.from1DArray(a.rows, a.columns, Array.from(a.data));
}

function fromMl(a: MlMatrix, columns: number): Matrix {
  const out = zeros(a.rows, columns);
  for (let row = 0; row < a.rows; row++) {
    for (let column = 0; column < columns; column++) out.data[row * columns + column] = a.get(row, column);
  }
  return out;
}
