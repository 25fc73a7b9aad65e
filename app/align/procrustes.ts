import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, transpose } from "#app/linalg/matrix.ts";

/**
 * Samples made ready for Procrustes fits, as the source or as the target: centred A = left · basis with left T × r
 * and basis r × V of orthonormal rows, r the rank. Where T is near V or above, nothing is gained by a basis:
 * left = A and basis is null.
 */
export interface Factored {
  readonly left: Matrix;
  readonly basis: Basis | null;
  /** A itself, T × V. */
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
}

/** The rows themselves, r × V, or what they are made of: weights (r × T) · A, which is cheaper to carry along. */
type Basis =
  | { readonly kind: "weights"; readonly weights: Matrix }
  | { readonly kind: "rows"; readonly rows: Matrix };

/** One fit: the rotation from the source's basis to the target's, r × r (V where there is no basis), and its scale. */
export interface ProcrustesFit {
  readonly target: Factored;
  readonly rotation: Matrix;
  readonly rank: number;
  readonly scale: number;
}

/** Above this ratio of T to V a decomposition of V × V costs less than making a basis first. */
const BASIS_LIMIT = 0.9;

/** Below this ratio of eigenvalues the Gram matrix has lost too many digits and A itself is decomposed. */
const GRAM_LIMIT = 1e-6;

/** X: T × V. */
export function factor(linalg: Linalg, samples: Matrix): Factored {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  const whole = { centred, offset, squaredNorm };
  if (samples.rows > BASIS_LIMIT * samples.columns || squaredNorm === 0) {
    return { left: centred, basis: null, ...whole };
  }
  return { ...factorWide(linalg, centred), ...whole };
}

/**
 * The orthogonal Procrustes transformation (reflections allowed) of a source to a target with the same T rows:
 * the polar factor of AᵀC, taken between the bases of both, so that nothing of V × V is formed when T < V. Scale
 * is the sum of singular values over ‖A‖², or 1. Schönemann 1966; algorithms as in PyMVPA's ProcrusteanMapper.
 */
export function fitProcrustes(
  linalg: Linalg,
  source: Factored,
  samples: Matrix,
  scaling: boolean,
): ProcrustesFit {
  const target = factor(linalg, samples);
  const polar = linalg.polar(linalg.multiply(source.left, target.left, { left: true }));
  const scale = scaling && source.squaredNorm > 0 ? polar.nuclearNorm / source.squaredNorm : 1;
  return { target, rotation: polar.factor, rank: polar.rank, scale };
}

/** The source's own rows turned into the target's space, T × V_target, but for scale and offset. */
export function turnSource(linalg: Linalg, source: Factored, fit: ProcrustesFit): Matrix {
  return timesBasis(linalg, linalg.multiply(source.left, fit.rotation), fit.target);
}

/** The same with scale and offset. */
export function forwardSource(linalg: Linalg, source: Factored, fit: ProcrustesFit): Matrix {
  const { offset } = fit.target;
  const out = turnSource(linalg, source, fit);
  for (let at = 0, column = 0; at < out.data.length; at++) {
    out.data[at] = (out.data[at] as number) * fit.scale + (offset[column] as number);
    column = column + 1 === out.columns ? 0 : column + 1;
  }
  return out;
}

/** a · basis, with as many columns as voxels. */
function timesBasis(linalg: Linalg, a: Matrix, { basis, centred }: Factored): Matrix {
  if (basis === null) return a;
  if (basis.kind === "rows") return linalg.multiply(a, basis.rows);
  return linalg.multiply(linalg.multiply(a, basis.weights), centred);
}

/** basisᵀ · b, with as many rows as voxels; the basis alone, V × r, for b = null. */
export function basisTimes(linalg: Linalg, { basis, centred }: Factored, b: Matrix | null): Matrix {
  if (basis === null) {
    if (b === null) throw new Error("without a basis there are the voxels alone");
    return b;
  }
  if (basis.kind === "rows") {
    return b === null ? transpose(basis.rows) : linalg.multiply(basis.rows, b, { left: true });
  }
  const weights = b === null ? transpose(basis.weights) : linalg.multiply(basis.weights, b, { left: true });
  return linalg.multiply(centred, weights, { left: true });
}

function factorWide(linalg: Linalg, centred: Matrix): { left: Matrix; basis: Basis } {
  const { values, vectors } = linalg.eigenSymmetric(linalg.gram(centred));
  const largest = values[0] as number;
  const cut = Math.max(centred.rows, centred.columns) * Number.EPSILON * largest;
  const rank = values.filter((value) => value > cut).length;
  if ((values[rank - 1] as number) < GRAM_LIMIT * largest) return factorDirectly(linalg, centred);
  const left = takeColumns(vectors, sequence(rank));
  const weights = transpose(left);
  scaleRows(weights, (row) => 1 / Math.sqrt(values[row] as number));
  scaleColumns(left, (column) => Math.sqrt(values[column] as number));
  return { left, basis: { kind: "weights", weights } };
}

function factorDirectly(linalg: Linalg, centred: Matrix): { left: Matrix; basis: Basis } {
  const { u, values, v } = linalg.svd(centred);
  const cut = Math.max(centred.rows, centred.columns) * Number.EPSILON * (values[0] as number);
  const rank = values.filter((value) => value > cut).length;
  const left = takeColumns(u, sequence(rank));
  scaleColumns(left, (column) => values[column] as number);
  return { left, basis: { kind: "rows", rows: transpose(takeColumns(v, sequence(rank))) } };
}

export function sequence(length: number): Int32Array {
  return Int32Array.from({ length }, (_, at) => at);
}

function scaleRows(matrix: Matrix, factor: (row: number) => number): void {
  for (let row = 0; row < matrix.rows; row++) {
    const by = factor(row);
    const start = row * matrix.columns;
    for (let at = start; at < start + matrix.columns; at++)
      matrix.data[at] = (matrix.data[at] as number) * by;
  }
}

function scaleColumns(matrix: Matrix, factor: (column: number) => number): void {
  const factors = Float64Array.from({ length: matrix.columns }, (_, column) => factor(column));
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      matrix.data[start + column] = (matrix.data[start + column] as number) * (factors[column] as number);
    }
  }
}
