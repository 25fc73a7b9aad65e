import { Buffer } from "node:buffer";
import { createRequire } from "node:module";
import { LentMemory } from "./lent-memory.ts";
import type { Centred, CentredSingle, Eigen, Linalg, Root, Svd, Transposed, WeightedRoot } from "./linalg.ts";
import type { Matrix, PartPlace, Single } from "./matrix.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/** What the addon exports: each kernel writes into arrays that it is given. */
interface Addon {
  version(): string;
  cpuFeatures(): string;
  multiply(
    a: Float64Array,
    aRows: number,
    aColumns: number,
    transposeA: boolean,
    b: Float64Array,
    bRows: number,
    bColumns: number,
    transposeB: boolean,
    add: boolean,
    out: Float64Array,
  ): void;
  multiplySingle(
    a: Float32Array,
    aRows: number,
    aColumns: number,
    transposeA: boolean,
    b: Float32Array,
    bRows: number,
    bColumns: number,
    transposeB: boolean,
    out: Float32Array,
  ): void;
  single(a: Float64Array, out: Float32Array): void;
  /** out = a·aᵀ, or += where it is to be added. */
  gram(a: Float64Array, rows: number, columns: number, add: boolean, out: Float64Array): void;
  scaledGram(a: Float64Array, rows: number, columns: number, factors: Float64Array, out: Float64Array): void;
  svd(
    a: Float64Array,
    rows: number,
    columns: number,
    u: Float64Array,
    values: Float64Array,
    v: Float64Array,
  ): void;
  determinant(a: Float64Array, size: number): number;
  eigenSymmetric(a: Float64Array, size: number, values: Float64Array, vectors: Float64Array): void;
  congruence(gram: Float64Array, root: Float64Array, rows: number, columns: number, out: Float64Array): void;
  /** Fills as much of root and weights as the rank takes, weights only where there are any; [rank, last pivot / first]. */
  root(
    gram: Float64Array,
    size: number,
    side: number,
    root: Float64Array,
    weights: Float64Array,
  ): readonly number[];
  solvePositive(
    gram: Float64Array,
    right: Float64Array,
    size: number,
    columns: number,
    out: Float64Array,
  ): void;
  centre(a: Float64Array, rows: number, columns: number, out: Float64Array, means: Float64Array): number;
  centreSingle(
    a: Float64Array,
    rows: number,
    columns: number,
    out: Float32Array,
    means: Float64Array,
  ): number;
  zscore(data: Float64Array, rows: number, columns: number): void;
  blend(
    spaces: readonly Float64Array[],
    weights: Float64Array,
    rows: number,
    columns: number,
    zscore: boolean,
    out: Float64Array,
  ): void;
  transpose(a: Float64Array, rows: number, columns: number, out: Float64Array): void;
  takeColumns(a: Float64Array, rows: number, columns: number, chosen: Int32Array, out: Float64Array): void;
  turnRows(a: Float64Array, rows: number, columns: number, chosen: Int32Array, out: Float64Array): void;
  addPart(
    to: Float64Array,
    toColumns: number,
    part: Float64Array,
    rows: Int32Array,
    columns: Int32Array,
    factors: Float64Array,
  ): void;
  timesSparse(
    a: Float64Array,
    rows: number,
    columns: number,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
    out: Float64Array,
  ): void;
  giveBackMemory(): void;
}

/** The version of the addon that this code was written for. */
const VERSION = "0.9.0";

/** Numbers for a kernel that writes all of them: the memory is not wiped, which takes a quarter of what centring does. */
function unwiped(count: number): Float64Array {
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(count * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(buffer, byteOffset, count);
}

function unwipedSingle(count: number): Float32Array {
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(count * Float32Array.BYTES_PER_ELEMENT);
  return new Float32Array(buffer, byteOffset, count);
}

/** The kernels of the Rust addon in `file`. Throws where it can't be loaded or is of another version. */
export function loadNative(file: string): Linalg {
  const addon: Addon = createRequire(import.meta.url)(file);
  if (addon.version() !== VERSION)
    throw new Error(`the addon is of version ${addon.version()}, not ${VERSION}`);

  const lent = new LentMemory(unwiped);

  function room(rows: number, columns: number): Matrix {
    return { rows, columns, data: lent.take(rows * columns) };
  }

  function product(
    a: Matrix,
    b: Matrix,
    { left = false, right = false }: Transposed,
    out: Matrix,
    add: boolean,
  ) {
    addon.multiply(a.data, a.rows, a.columns, left, b.data, b.rows, b.columns, right, add, out.data);
    return out;
  }

  function multiply(a: Matrix, b: Matrix, transposed: Transposed = {}): Matrix {
    const { left = false, right = false } = transposed;
    const out = room(left ? a.columns : a.rows, right ? b.rows : b.columns);
    return product(a, b, transposed, out, false);
  }

  function single({ rows, columns, data }: Matrix): Single {
    const out = { rows, columns, data: unwipedSingle(data.length) };
    addon.single(data, out.data);
    return out;
  }

  function multiplySingle(a: Single, b: Single, { left = false, right = false }: Transposed = {}): Single {
    const [rows, columns] = [left ? a.columns : a.rows, right ? b.rows : b.columns];
    const out = { rows, columns, data: unwipedSingle(rows * columns) };
    addon.multiplySingle(a.data, a.rows, a.columns, left, b.data, b.rows, b.columns, right, out.data);
    return out;
  }

  function gram(a: Matrix): Matrix {
    const out = room(a.rows, a.rows);
    addon.gram(a.data, a.rows, a.columns, false, out.data);
    return out;
  }

  function scaledGram(a: Matrix, factors: Float64Array): Matrix {
    const out = room(a.rows, a.rows);
    addon.scaledGram(a.data, a.rows, a.columns, factors, out.data);
    return out;
  }

  function svd(a: Matrix): Svd {
    const k = Math.min(a.rows, a.columns);
    const u = room(a.rows, k);
    const v = room(a.columns, k);
    const values = room(1, k).data;
    addon.svd(a.data, a.rows, a.columns, u.data, values, v.data);
    return { u, values, v };
  }

  function eigenSymmetric(a: Matrix): Eigen {
    const vectors = room(a.rows, a.rows);
    const values = room(1, a.rows).data;
    addon.eigenSymmetric(a.data, a.rows, values, vectors.data);
    return { values, vectors };
  }

  function solve(gram: Matrix, right: Matrix): Matrix {
    const out = room(right.rows, right.columns);
    addon.solvePositive(gram.data, right.data, right.rows, right.columns, out.data);
    return out;
  }

  function congruence(gram: Matrix, root: Matrix): Matrix {
    const out = room(root.columns, root.columns);
    addon.congruence(gram.data, root.data, root.rows, root.columns, out.data);
    return out;
  }

  function root(gram: Matrix, side: number): Root {
    const { root, sharpness } = rootInto(gram, side, new Float64Array());
    return { root, sharpness };
  }

  function weightedRoot(gram: Matrix, side: number): WeightedRoot {
    return rootInto(gram, side, room(gram.rows, gram.rows).data);
  }

  function rootInto({ rows, data }: Matrix, side: number, weights: Float64Array): WeightedRoot {
    const found = room(rows, rows).data;
    const [rank = 0, sharpness = 0] = addon.root(data, rows, side, found, weights);
    const kept = (all: Float64Array) => ({ rows, columns: rank, data: all.subarray(0, rows * rank) });
    return { root: kept(found), weights: kept(weights), sharpness };
  }

  function centre(a: Matrix): Centred {
    const matrix = room(a.rows, a.columns);
    const means = room(1, a.columns).data;
    const squaredNorm = addon.centre(a.data, a.rows, a.columns, matrix.data, means);
    return { matrix, means, squaredNorm };
  }

  function centreSingle({ rows, columns, data }: Matrix): CentredSingle {
    const matrix = { rows, columns, data: unwipedSingle(data.length) };
    const means = room(1, columns).data;
    const squaredNorm = addon.centreSingle(data, rows, columns, matrix.data, means);
    return { matrix, means, squaredNorm };
  }

  function blend(spaces: readonly Matrix[], weights: readonly number[], zscore: boolean): Matrix {
    const { rows, columns } = spaces[0] ?? { rows: 0, columns: 0 };
    const out = room(rows, columns);
    const parts = spaces.map(({ data }) => data);
    addon.blend(parts, Float64Array.from(weights), rows, columns, zscore, out.data);
    return out;
  }

  function transpose(a: Matrix): Matrix {
    const out = room(a.columns, a.rows);
    addon.transpose(a.data, a.rows, a.columns, out.data);
    return out;
  }

  function takeColumns(a: Matrix, columns: Int32Array): Matrix {
    const out = room(a.rows, columns.length);
    addon.takeColumns(a.data, a.rows, a.columns, columns, out.data);
    return out;
  }

  function turnRows(a: Matrix, rows: Int32Array): Matrix {
    const out = room(a.columns, rows.length);
    addon.turnRows(a.data, a.rows, a.columns, rows, out.data);
    return out;
  }

  function addPart(to: Matrix, part: Matrix, { rows, columns, factors }: PartPlace): void {
    addon.addPart(to.data, to.columns, part.data, rows, columns, factors);
  }

  function timesSparse(a: Matrix, { columns, starts, indices, values }: SparseMatrix): Matrix {
    const out = room(a.rows, columns);
    addon.timesSparse(a.data, a.rows, a.columns, starts, indices, values, out.data);
    return out;
  }

  return {
    name: "native",
    kernels: `native-${VERSION}-${addon.cpuFeatures()}`,
    multiply,
    addProduct: (to, a, b, transposed = {}) => void product(a, b, transposed, to, true),
    multiplySingle,
    single,
    gram,
    addGram: (to, a) => addon.gram(a.data, a.rows, a.columns, true, to.data),
    scaledGram,
    congruence,
    svd,
    determinant: (a) => addon.determinant(a.data, a.rows),
    eigenSymmetric,
    solve,
    root,
    weightedRoot,
    centre,
    centreSingle,
    blend,
    zscore: (a) => addon.zscore(a.data, a.rows, a.columns),
    transpose,
    takeColumns,
    turnRows,
    addPart,
    timesSparse,
    within: (work) => lent.within(work),
    giveBackMemory: () => {
      lent.giveBack();
      addon.giveBackMemory();
    },
  };
}
