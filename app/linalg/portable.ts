import { EigenvalueDecomposition, Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import type { Centred, Eigen, Linalg, Polar, Svd, Transposed } from "./linalg.ts";
import { type Matrix, transpose, zeros } from "./matrix.ts";

/** The kernels by ml-matrix: slower than the native ones, and there on every machine. */
export const portable: Linalg = {
  name: "portable",
  kernels: "portable",
  multiply,
  gram: (a) => multiply(a, a, { right: true }),
  svd,
  eigenSymmetric,
  polar,
  centre,
  zscore,
  addScaled,
  giveBackMemory: () => {},
};

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

function eigenSymmetric(a: Matrix): Eigen {
  refuseNonFinite(a);
  const found = new EigenvalueDecomposition(toMl(a), { assumeSymmetric: true });
  const order = found.realEigenvalues
    .map((value, column) => ({ value, column }))
    .sort((x, y) => y.value - x.value || x.column - y.column);
  const vectors = zeros(a.rows, a.rows);
  order.forEach(({ column }, to) => {
    for (let row = 0; row < a.rows; row++) {
      vectors.data[row * a.rows + to] = found.eigenvectorMatrix.get(row, column);
    }
  });
  return { values: Float64Array.from(order, ({ value }) => value), vectors };
}

function polar(a: Matrix): Polar {
  const { u, values, v } = svd(a);
  const cut = Math.max(a.rows, a.columns) * Number.EPSILON * (values[0] ?? 0);
  const kept = values.filter((value) => value > cut);
  const factor = multiply(firstColumns(u, kept.length), firstColumns(v, kept.length), { right: true });
  return { factor, nuclearNorm: kept.reduce((sum, value) => sum + value, 0), rank: kept.length };
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

function addScaled(to: Matrix, from: Matrix, factor: number): void {
  if (to.data.length !== from.data.length) throw new RangeError("the parts of a sum differ in size");
  for (let at = 0; at < to.data.length; at++) {
    to.data[at] = (to.data[at] as number) + factor * (from.data[at] as number);
  }
}

/** ml-matrix would go round for ever. */
function refuseNonFinite(a: Matrix): void {
  if (!a.data.every(Number.isFinite))
    throw new RangeError("the matrix holds a value that is not a finite number");
}

function firstColumns(a: Matrix, count: number): Matrix {
  const out = zeros(a.rows, count);
  for (let row = 0; row < a.rows; row++) {
    out.data.set(a.data.subarray(row * a.columns, row * a.columns + count), row * count);
  }
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
