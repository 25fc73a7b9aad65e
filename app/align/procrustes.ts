import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, transpose } from "#app/linalg/matrix.ts";
import { centre, columnMeans } from "./transform.ts";

/**
 * A subject's samples made ready for many Procrustes fits: centred A = left · basis with left T × r and basis
 * r × V of orthonormal rows, r the rank. With T > V nothing is gained by a basis: left = A and basis is null.
 */
export interface Source {
  readonly left: Matrix;
  readonly basis: Matrix | null;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
}

/** One fit of a source to a target: the rotation on the source's basis (r × V_target), its scale and offset. */
export interface ProcrustesFit {
  readonly rotation: Matrix;
  readonly rank: number;
  readonly scale: number;
  readonly offset: Float64Array;
}

/** Below this ratio of Gram eigenvalues the Gram matrix has lost half the digits and A itself is decomposed. */
const GRAM_LIMIT = 1e-8;

/** X: T × V. */
export function factorSource(linalg: Linalg, samples: Matrix): Source {
  const offset = columnMeans(samples);
  const centred = centre(samples, offset);
  const squaredNorm = sumOfSquares(centred);
  if (samples.rows > samples.columns || squaredNorm === 0) {
    return { left: centred, basis: null, offset, squaredNorm };
  }
  return { ...factorWide(linalg, centred), offset, squaredNorm };
}

/**
 * The orthogonal Procrustes transformation (reflections allowed) of a source to a target with the same T rows:
 * the polar factor of AᵀC, taken on the source's basis so that no V × V matrix is formed when T ≤ V. Scale is
 * the sum of singular values over ‖A‖², or 1. Schönemann 1966; algorithms as in PyMVPA's ProcrusteanMapper.
 */
export function fitProcrustes(
  linalg: Linalg,
  source: Source,
  target: Matrix,
  scaling: boolean,
): ProcrustesFit {
  const offset = columnMeans(target);
  const cross = linalg.multiply(source.left, centre(target, offset), { left: true });
  const polar = linalg.polar(cross);
  const scale = scaling && source.squaredNorm > 0 ? polar.nuclearNorm / source.squaredNorm : 1;
  return { rotation: polar.factor, rank: polar.rank, scale, offset };
}

/** The source's own rows in the target's space, T × V_target. */
export function forwardSource(linalg: Linalg, source: Source, fit: ProcrustesFit): Matrix {
  const out = linalg.multiply(source.left, fit.rotation);
  for (let at = 0, column = 0; at < out.data.length; at++) {
    out.data[at] = (out.data[at] as number) * fit.scale + (fit.offset[column] as number);
    column = column + 1 === out.columns ? 0 : column + 1;
  }
  return out;
}

function factorWide(linalg: Linalg, centred: Matrix): { left: Matrix; basis: Matrix } {
  const { values, vectors } = linalg.eigenSymmetric(linalg.gram(centred));
  const largest = values[0] as number;
  const cut = Math.max(centred.rows, centred.columns) * Number.EPSILON * largest;
  const rank = values.filter((value) => value > cut).length;
  if ((values[rank - 1] as number) < GRAM_LIMIT * largest) return factorDirectly(linalg, centred);
  const kept = takeColumns(vectors, sequence(rank));
  const basis = linalg.multiply(kept, centred, { left: true });
  scaleRows(basis, (row) => 1 / Math.sqrt(values[row] as number));
  scaleColumns(kept, (column) => Math.sqrt(values[column] as number));
  return { left: kept, basis };
}

function factorDirectly(linalg: Linalg, centred: Matrix): { left: Matrix; basis: Matrix } {
  const { u, values, v } = linalg.svd(centred);
  const cut = Math.max(centred.rows, centred.columns) * Number.EPSILON * (values[0] as number);
  const rank = values.filter((value) => value > cut).length;
  const left = takeColumns(u, sequence(rank));
  scaleColumns(left, (column) => values[column] as number);
  return { left, basis: transpose(takeColumns(v, sequence(rank))) };
}

export function sequence(length: number): Int32Array {
  return Int32Array.from({ length }, (_, at) => at);
}

function sumOfSquares(matrix: Matrix): number {
  let sum = 0;
  for (const value of matrix.data) sum += value * value;
  return sum;
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
