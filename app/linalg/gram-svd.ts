import type { Linalg, Svd } from "./linalg.ts";
import { firstColumns, type Matrix, negate, scaledColumns, stackColumns } from "./matrix.ts";
import { range } from "./vector.ts";

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
  let told = 0;
  while (told < gram.rows && (squares[told] as number) > STRONG * (squares[0] as number)) told++;
  const open = told === gram.rows ? null : linalg.takeColumns(vectors, range(told, gram.rows));
  return { vectors, values: squares.subarray(0, told).map(Math.sqrt), open };
}

/** The left vectors that the Gram matrix told, m × s. */
export function strongVectors({ vectors, values }: LeftVectors): Matrix {
  return firstColumns(vectors, values.length);
}

/** Directions of V columns as weightsᵀ · rows (rows n × V, weights n × s), or the rows themselves. */
export interface RightVectors {
  readonly rows: Matrix;
  readonly weights: Matrix | null;
}

/**
 * The singular vectors that the Gram matrix left open, seen again by A itself: openᵀ·A, which `along` gives, has a small
 * decomposition of its own, exact to ε of A's largest value, once what leans on the strong right vectors is taken away.
 * These may also be the rows of a partial isometry U·Vᵀ. Values up to max(m, n)·ε·s₀ are cut; null where none is left.
 */
export function weakVectors(
  linalg: Linalg,
  { vectors, values, open }: LeftVectors,
  along: (open: Matrix) => Matrix,
  { rows, weights }: RightVectors,
): WeakVectors | null {
  if (open === null) return null;
  const seen = along(open);
  const inRows = linalg.multiply(seen, rows, { right: true });
  const leaning =
    weights === null ? inRows : linalg.multiply(linalg.multiply(inRows, weights), weights, { right: true });
  linalg.addProduct(seen, negate(leaning), rows);
  const { u, values: found, v } = linalg.svd(seen);
  const sides = Math.max(vectors.rows, seen.columns);
  const cut = sides * Number.EPSILON * Math.max(values[0] ?? 0, found[0] ?? 0);
  const kept = found.filter((value) => value > cut);
  if (kept.length === 0) return null;
  const left = linalg.multiply(open, firstColumns(u, kept.length));
  return { left, values: kept, right: firstColumns(v, kept.length) };
}

/** The polar factor of A: (A·Aᵀ)^(−½)·A over the strong singular values, and what the weak ones add. */
export function polarFactor(linalg: Linalg, a: Matrix): Polar {
  if (a.rows > a.columns) {
    const { factor, ...others } = polarFactor(linalg, linalg.transpose(a));
    return { factor: linalg.transpose(factor), ...others };
  }
  const found = leftVectors(linalg, linalg.gram(a));
  const { vectors, values } = found;
  const spread = linalg.scaledGram(
    vectors,
    values.map((value) => 1 / Math.sqrt(value)),
  );
  const factor = linalg.multiply(spread, a);
  const along = (open: Matrix) => linalg.multiply(open, a, { left: true });
  const weak = weakVectors(linalg, found, along, { rows: factor, weights: null });
  if (weak !== null) linalg.addProduct(factor, weak.left, weak.right, { right: true });
  const all = [...values, ...(weak?.values ?? [])];
  return { factor, nuclearNorm: all.reduce((sum, value) => sum + value, 0), rank: all.length };
}

/** The singular value decomposition of A over the values above the rank cut. */
export function gramSvd(linalg: Linalg, a: Matrix): Svd {
  if (a.rows > a.columns) {
    const { u, values, v } = gramSvd(linalg, linalg.transpose(a));
    return { u: v, values, v: u };
  }
  const found = leftVectors(linalg, linalg.gram(a));
  const { values } = found;
  const strong = strongVectors(found);
  const weights = scaledColumns(strong, (k) => 1 / (values[k] as number));
  const right = linalg.multiply(a, weights, { left: true });
  const along = (open: Matrix) => linalg.multiply(open, a, { left: true });
  const weak = weakVectors(linalg, found, along, { rows: a, weights });
  if (weak === null) return { u: strong, values, v: right };
  return {
    u: stackColumns([strong, weak.left]),
    values: Float64Array.of(...values, ...weak.values),
    v: stackColumns([right, weak.right]),
  };
}
