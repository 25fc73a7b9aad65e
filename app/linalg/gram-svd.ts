import type { Linalg, Svd } from "./linalg.ts";
import { firstColumns, type Matrix, negate, scaledColumns, takeColumns, transpose } from "./matrix.ts";

/** The polar factor of A = U·S·Vᵀ over the singular values above the rank cut: U·Vᵀ, a partial isometry. */
export interface Polar {
  /** Rows × columns of A. */
  readonly factor: Matrix;
  /** The sum of those singular values, and their number. */
  readonly nuclearNorm: number;
  readonly rank: number;
}

/** The left singular vectors of a wide matrix A (m × n, m ≤ n) that its Gram matrix tells, and what it leaves open. */
export interface LeftVectors {
  /** All m of them, m × m, by value descending: the first, as many as there are values, are told. */
  readonly vectors: Matrix;
  readonly values: Float64Array;
  /** An orthonormal basis of the rest, m × (m − s); null where there is none. */
  readonly open: Matrix | null;
}

/** Singular vectors with values too small for a Gram matrix to tell: left m × k, values descending, right n × k. */
export interface WeakVectors {
  readonly left: Matrix;
  readonly values: Float64Array;
  readonly right: Matrix;
}

/**
 * Eigenvalues of a Gram matrix carry an error of ε times the largest. Down to this share of it the vectors are
 * orthogonal to 1e-9 and better on both sides; smaller ones are decomposed again without squaring.
 */
const STRONG = 1e-6;

/**
 * Singular vectors by the Gram matrix A·Aᵀ: an eigendecomposition of m × m takes less than half of the time of a singular
 * value decomposition. What squaring blurs is left open: see `weakVectors`.
 */
export function leftVectors(linalg: Linalg, gram: Matrix): LeftVectors {
  const { values: squares, vectors } = linalg.eigenSymmetric(gram);
  const kept = squares.filter((square) => square > STRONG * (squares[0] as number));
  const open = kept.length === gram.rows ? null : takeColumns(vectors, range(kept.length, gram.rows));
  return { vectors, values: kept.map(Math.sqrt), open };
}

/** The left vectors that the Gram matrix told, m × s. */
export function strongVectors({ vectors, values }: LeftVectors): Matrix {
  return firstColumns(vectors, values.length);
}

/**
 * The singular vectors that the Gram matrix left open, seen again by A itself: its rows along them have a small
 * decomposition of their own, exact to ε of A's largest value, once what leans on the strong right vectors V is taken
 * away. These are the columns of `right`, or span the rows of a partial isometry U·Vᵀ. Values up to max(m, n)·ε·s₀ are
 * cut; null where none is left.
 */
export function weakVectors(
  linalg: Linalg,
  { values, open }: LeftVectors,
  a: Matrix,
  { right, isometry }: { readonly right?: Matrix; readonly isometry?: Matrix },
): WeakVectors | null {
  if (open === null) return null;
  const along = linalg.multiply(open, a, { left: true });
  if (right !== undefined) takeAway(linalg, along, right, { right: true });
  if (isometry !== undefined) takeAway(linalg, along, isometry, {});
  const { u, values: found, v } = linalg.svd(along);
  const cut = Math.max(a.rows, a.columns) * Number.EPSILON * Math.max(values[0] ?? 0, found[0] ?? 0);
  const kept = found.filter((value) => value > cut);
  if (kept.length === 0) return null;
  const left = linalg.multiply(open, firstColumns(u, kept.length));
  return { left, values: kept, right: firstColumns(v, kept.length) };
}

/** along −= (along·Vᵀ)·V for V = directions, or for its transpose. */
function takeAway(
  linalg: Linalg,
  along: Matrix,
  directions: Matrix,
  { right = false }: { right?: boolean },
): void {
  const leaning = negate(linalg.multiply(along, directions, { right: !right }));
  linalg.addProduct(along, leaning, directions, { right });
}

/** The polar factor of A: (A·Aᵀ)^(−½)·A over the strong singular values, and what the weak ones add. */
export function polarFactor(linalg: Linalg, a: Matrix): Polar {
  if (a.rows > a.columns) {
    const { factor, ...others } = polarFactor(linalg, transpose(a));
    return { factor: transpose(factor), ...others };
  }
  const found = leftVectors(linalg, linalg.gram(a));
  const { vectors, values } = found;
  const spread = linalg.scaledGram(
    vectors,
    values.map((value) => value ** -0.5),
  );
  const factor = linalg.multiply(spread, a);
  const weak = weakVectors(linalg, found, a, { isometry: factor });
  if (weak !== null) linalg.addProduct(factor, weak.left, weak.right, { right: true });
  const all = [...values, ...(weak?.values ?? [])];
  return { factor, nuclearNorm: all.reduce((sum, value) => sum + value, 0), rank: all.length };
}

/** The singular value decomposition of A over the values above the rank cut. */
export function gramSvd(linalg: Linalg, a: Matrix): Svd {
  if (a.rows > a.columns) {
    const { u, values, v } = gramSvd(linalg, transpose(a));
    return { u: v, values, v: u };
  }
  const found = leftVectors(linalg, linalg.gram(a));
  const { values } = found;
  const strong = strongVectors(found);
  const right = scaledColumns(linalg.multiply(a, strong, { left: true }), (k) => 1 / (values[k] as number));
  const weak = weakVectors(linalg, found, a, { right });
  if (weak === null) return { u: strong, values, v: right };
  return {
    u: beside(strong, weak.left),
    values: Float64Array.of(...values, ...weak.values),
    v: beside(right, weak.right),
  };
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
