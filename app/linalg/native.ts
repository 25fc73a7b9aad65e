import { createRequire } from "node:module";
import type { Centred, Eigen, Linalg, Polar, Svd, Transposed } from "./linalg.ts";
import { type Matrix, zeros } from "./matrix.ts";

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
    out: Float64Array,
  ): void;
  gram(a: Float64Array, rows: number, columns: number, out: Float64Array): void;
  svd(
    a: Float64Array,
    rows: number,
    columns: number,
    u: Float64Array,
    values: Float64Array,
    v: Float64Array,
  ): void;
  eigenSymmetric(a: Float64Array, size: number, values: Float64Array, vectors: Float64Array): void;
  polar(a: Float64Array, rows: number, columns: number, factor: Float64Array): readonly number[];
  centre(a: Float64Array, rows: number, columns: number, out: Float64Array, means: Float64Array): number;
  zscore(data: Float64Array, rows: number, columns: number): void;
  addScaled(to: Float64Array, from: Float64Array, factor: number): void;
  giveBackMemory(): void;
}

/** The version of the addon that this code was written for. */
const VERSION = "0.1.1";

/** The kernels of the Rust addon in `file`. Throws where it can't be loaded or is of another version. */
export function loadNative(file: string): Linalg {
  const addon: Addon = createRequire(import.meta.url)(file);
  if (addon.version() !== VERSION)
    throw new Error(`the addon is of version ${addon.version()}, not ${VERSION}`);

  function multiply(a: Matrix, b: Matrix, { left = false, right = false }: Transposed = {}): Matrix {
    const out = zeros(left ? a.columns : a.rows, right ? b.rows : b.columns);
    addon.multiply(a.data, a.rows, a.columns, left, b.data, b.rows, b.columns, right, out.data);
    return out;
  }

  function gram(a: Matrix): Matrix {
    const out = zeros(a.rows, a.rows);
    addon.gram(a.data, a.rows, a.columns, out.data);
    return out;
  }

  function svd(a: Matrix): Svd {
    const k = Math.min(a.rows, a.columns);
    const u = zeros(a.rows, k);
    const v = zeros(a.columns, k);
    const values = zeros(1, k).data;
    addon.svd(a.data, a.rows, a.columns, u.data, values, v.data);
    return { u, values, v };
  }

  function eigenSymmetric(a: Matrix): Eigen {
    const vectors = zeros(a.rows, a.rows);
    const values = zeros(1, a.rows).data;
    addon.eigenSymmetric(a.data, a.rows, values, vectors.data);
    return { values, vectors };
  }

  function polar(a: Matrix): Polar {
    const factor = zeros(a.rows, a.columns);
    const [nuclearNorm = 0, rank = 0] = addon.polar(a.data, a.rows, a.columns, factor.data);
    return { factor, nuclearNorm, rank };
  }

  function centre(a: Matrix): Centred {
    const matrix = zeros(a.rows, a.columns);
    const means = zeros(1, a.columns).data;
    const squaredNorm = addon.centre(a.data, a.rows, a.columns, matrix.data, means);
    return { matrix, means, squaredNorm };
  }

  return {
    name: "native",
    kernels: `native-${VERSION}-${addon.cpuFeatures()}`,
    multiply,
    gram,
    svd,
    eigenSymmetric,
    polar,
    centre,
    zscore: (a) => addon.zscore(a.data, a.rows, a.columns),
    addScaled: (to, from, factor) => addon.addScaled(to.data, from.data, factor),
    giveBackMemory: () => addon.giveBackMemory(),
  };
}
