import type { Linalg, Svd } from "./linalg.ts";
import { firstColumns, type Matrix, scaledColumns, takeColumns, transpose } from "./matrix.ts";

/** The polar factor of A = U·S·Vᵀ over the singular values above the rank cut: U·Vᵀ, a partial isometry. */
export interface Polar {
  /** Rows × columns of A. */
  readonly factor: Matrix;
  /** The sum of those singular values, and their number. */
  readonly nuclearNorm: number;
  readonly rank: number;
}

/**
 * The left singular vectors of a wide matrix A (m × n, m ≤ n), by value descending: `strong` ones by its Gram
 * matrix, and `weak` ones, which have right vectors of their own (n × k), by A itself.
 */
export interface LeftVectors {
  /** The strong ones, m × s, and all the values, s of the strong before k of the weak. */
  readonly strong: Matrix;
  readonly values: Float64Array;
  readonly weak: { readonly left: Matrix; readonly right: Matrix } | null;
}

/**
 * Eigenvalues of a Gram matrix carry an error of ε times the largest. Down to this share of it the vectors are
 * orthogonal to 1e-9 and better on both sides; smaller ones are decomposed again without squaring.
 */
const STRONG = 1e-6;

/**
 * Singular vectors by the Gram matrix: an eigendecomposition of m × m takes less than half of the time of a singular
 * value decomposition. What squaring blurs is seen again by A: its rows along the weak eigenvectors, without what
 * of them leans on the strong right vectors, have a small decomposition of their own, exact to ε of A's largest value.
 * Values up to max(m, n)·ε·s₀ are cut. `gram` is A·Aᵀ where it is known already; `a` is asked for where it is needed.
 */
export function leftVectors(linalg: Linalg, gram: Matrix, a: () => Matrix): LeftVectors {
  const { values: squares, vectors } = linalg.eigenSymmetric(gram);
  const largest = squares[0] ?? 0;
  const sharp = squares.filter((square) => square > STRONG * largest);
  const values = sharp.map(Math.sqrt);
  const strong = firstColumns(vectors, sharp.length);
  if (strong.columns === gram.rows) return { strong, values, weak: null };
  const open = takeColumns(vectors, range(strong.columns, gram.rows));
  const rows = a();
  const { u, values: weakValues, v } = linalg.svd(withoutLeaning(linalg, open, strong, sharp, rows));
  const cut =
    Math.max(rows.rows, rows.columns) * Number.EPSILON * Math.max(values[0] ?? 0, weakValues[0] ?? 0);
  const kept = weakValues.filter((value) => value > cut);
  if (kept.length === 0) return { strong, values, weak: null };
  return {
    strong,
    values: Float64Array.of(...values, ...kept),
    weak: { left: linalg.multiply(open, firstColumns(u, kept.length)), right: firstColumns(v, kept.length) },
  };
}

/** openᵀ·A less its part in the span of the strong right vectors V = Aᵀ·U/s: openᵀ·A·(I − V·Vᵀ), k × n. */
function withoutLeaning(
  linalg: Linalg,
  open: Matrix,
  strong: Matrix,
  squares: Float64Array,
  a: Matrix,
): Matrix {
  const along = linalg.multiply(open, a, { left: true });
  if (strong.columns === 0) return along;
  const leaning = linalg.multiply(linalg.multiply(along, a, { right: true }), strong);
  const scaled = scaledColumns(leaning, (k) => -1 / (squares[k] as number));
  linalg.addProduct(along, linalg.multiply(scaled, strong, { right: true }), a);
  return along;
}

/** The polar factor of A: (A·Aᵀ)^(−½)·A over the strong singular values, and what the weak ones add. */
export function polarFactor(linalg: Linalg, a: Matrix): Polar {
  if (a.rows > a.columns) {
    const { factor, ...others } = polarFactor(linalg, transpose(a));
    return { factor: transpose(factor), ...others };
  }
  const { strong, values, weak } = leftVectors(linalg, linalg.gram(a), () => a);
  const spread = linalg.gram(scaledColumns(strong, (k) => (values[k] as number) ** -0.5));
  const factor = linalg.multiply(spread, a);
  const others = { nuclearNorm: values.reduce((sum, value) => sum + value, 0), rank: values.length };
  if (weak !== null) linalg.addProduct(factor, weak.left, weak.right, { right: true });
  return { factor, ...others };
}

/** The singular value decomposition of A over the values above the rank cut. */
export function gramSvd(linalg: Linalg, a: Matrix): Svd {
  if (a.rows > a.columns) {
    const { u, values, v } = gramSvd(linalg, transpose(a));
    return { u: v, values, v: u };
  }
  const { strong, values, weak } = leftVectors(linalg, linalg.gram(a), () => a);
  const right = scaledColumns(linalg.multiply(a, strong, { left: true }), (k) => 1 / (values[k] as number));
  if (weak === null) return { u: strong, values, v: right };
  return { u: beside(strong, weak.left), values, v: beside(right, weak.right) };
}

/** Two matrices of as many rows, side by side. */
export function beside(left: Matrix, right: Matrix): Matrix {
  const columns = left.columns + right.columns;
  const out = { rows: left.rows, columns, data: new Float64Array(left.rows * columns) };
  for (let row = 0; row < left.rows; row++) {
    out.data.set(left.data.subarray(row * left.columns, (row + 1) * left.columns), row * columns);
    out.data.set(
      right.data.subarray(row * right.columns, (row + 1) * right.columns),
      row * columns + left.columns,
    );
  }
  return out;
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at);
}
