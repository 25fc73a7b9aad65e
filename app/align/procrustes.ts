import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, transpose, zeros } from "#app/linalg/matrix.ts";
import type { Span, TurnedSpan } from "./span.ts";

/** A subject's samples A, T × V, centred and made ready to be fitted to targets with the same T rows. */
export interface Source {
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
  /** Where T is well below V, A = root · (directions of the span): root is T × r, r the rank. */
  readonly wide: { readonly root: Matrix; readonly span: Span } | null;
}

/** A target C, T × V, centred. The Gram matrix C·Cᵀ is there for wide sources to be fitted to it. */
export interface Target {
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
  readonly gram: Matrix | null;
}

/**
 * One fit: how a centred source's voxels go over into a target's, but for scale and offset. `dense` is that map
 * itself, V_source × V_target. `spanned` takes `rank` directions of the source's voxels, one by one, to directions
 * of the target's; `turned` (T × rank) is the source's own rows along them.
 */
export type ProcrustesFit = {
  readonly rank: number;
  readonly scale: number;
  readonly offsetOut: Float64Array;
} & (
  | { readonly kind: "dense"; readonly matrix: Matrix }
  | { readonly kind: "spanned"; readonly turned: Matrix; readonly source: TurnedSpan; readonly target: Span }
);

/** Above this ratio of T to V a decomposition of V × V costs less than going by the samples. */
const WIDE_LIMIT = 0.9;

/** Below this ratio of eigenvalues a Gram matrix has lost too many digits and the samples are decomposed. */
const GRAM_LIMIT = 1e-6;

/** X: T × V. */
export function readySource(linalg: Linalg, samples: Matrix): Source {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  const wide = isWide(samples) && squaredNorm > 0 ? rootOf(linalg, centred) : null;
  return { centred, offset, squaredNorm, wide };
}

/** X: T × V, to fit sources to of which some are wide or none. */
export function readyTarget(linalg: Linalg, samples: Matrix, forWide: boolean): Target {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  return { centred, offset, squaredNorm, gram: forWide ? linalg.gram(centred) : null };
}

function isWide({ rows, columns }: Matrix): boolean {
  return rows <= WIDE_LIMIT * columns;
}

/**
 * The orthogonal Procrustes transformation (reflections allowed) of a source A to a target C with the same T rows:
 * the polar factor of AᵀC. Scale is the sum of its singular values over ‖A‖², or 1. Schönemann 1966; algorithms as in
 * PyMVPA's ProcrusteanMapper. With T < V nothing of V × V is formed (`fitWide`).
 */
export function fitProcrustes(
  linalg: Linalg,
  source: Source,
  target: Target,
  scaling: boolean,
): ProcrustesFit {
  const offsetOut = target.offset;
  const scaleOf = (nuclearNorm: number) =>
    scaling && source.squaredNorm > 0 ? nuclearNorm / source.squaredNorm : 1;
  if (source.wide === null || target.gram === null || target.squaredNorm === 0) {
    const polar = linalg.polar(linalg.multiply(source.centred, target.centred, { left: true }));
    const scale = scaleOf(polar.nuclearNorm);
    return { kind: "dense", matrix: polar.factor, rank: polar.rank, scale, offsetOut };
  }
  const { nuclearNorm, ...fit } = fitWide(linalg, source.wide, target.centred, target.gram);
  const scale = scaleOf(nuclearNorm);
  return { kind: "spanned", ...fit, rank: fit.turned.columns, scale, offsetOut };
}

/** The source's own rows turned into the target's space, T × V_target, but for scale and offset. */
export function turnSource(linalg: Linalg, source: Source, fit: ProcrustesFit): Matrix {
  if (fit.kind === "dense") return linalg.multiply(source.centred, fit.matrix);
  const { rows, weights } = fit.target;
  if (weights === null) return linalg.multiply(fit.turned, rows);
  return linalg.multiply(linalg.multiply(fit.turned, weights, { right: true }), rows);
}

/** The same with scale and offset. */
export function forwardSource(linalg: Linalg, source: Source, fit: ProcrustesFit): Matrix {
  const out = turnSource(linalg, source, fit);
  for (let at = 0, column = 0; at < out.data.length; at++) {
    out.data[at] = (out.data[at] as number) * fit.scale + (fit.offsetOut[column] as number);
    column = column + 1 === out.columns ? 0 : column + 1;
  }
  return out;
}

/**
 * With A = root · Bᵀ (B: V × r, orthonormal) the polar factor of AᵀC is B · polar(rootᵀC), and with
 * rootᵀ·(C·Cᵀ)·root = E·Λ·Eᵀ that is (B·E) · Λ^(−½) · (root·E)ᵀ · C: two Gram matrices of the samples and one
 * eigendecomposition of r × r. Where Λ spans too much, rootᵀC is decomposed itself.
 */
function fitWide(linalg: Linalg, { root, span }: NonNullable<Source["wide"]>, target: Matrix, gram: Matrix) {
  const cross = linalg.multiply(root, linalg.multiply(gram, root), { left: true });
  const { values, vectors } = linalg.eigenSymmetric(cross);
  if ((values[root.columns - 1] as number) <= GRAM_LIMIT * (values[0] as number)) {
    return fitDirectly(linalg, root, span, target);
  }
  const turned = linalg.multiply(root, vectors);
  return {
    nuclearNorm: values.reduce((sum, value) => sum + Math.sqrt(value), 0),
    turned,
    source: { ...span, turn: vectors },
    target: { rows: target, weights: scaledColumns(turned, (k) => 1 / Math.sqrt(values[k] as number)) },
  };
}

function fitDirectly(linalg: Linalg, root: Matrix, span: Span, target: Matrix) {
  const { u, values, v } = linalg.svd(linalg.multiply(root, target, { left: true }));
  const rank = rankOf(values, Math.max(root.columns, target.columns));
  const kept = takeColumns(u, sequence(rank));
  return {
    nuclearNorm: values.subarray(0, rank).reduce((sum, value) => sum + value, 0),
    turned: linalg.multiply(root, kept),
    source: { ...span, turn: kept },
    target: { rows: transpose(takeColumns(v, sequence(rank))), weights: null },
  };
}

function rootOf(linalg: Linalg, centred: Matrix): { root: Matrix; span: Span } {
  const { values, vectors } = linalg.eigenSymmetric(linalg.gram(centred));
  const largest = values[0] as number;
  const rank = rankOf(values, Math.max(centred.rows, centred.columns));
  if ((values[rank - 1] as number) < GRAM_LIMIT * largest) return rootDirectly(linalg, centred);
  const kept = takeColumns(vectors, sequence(rank));
  const weights = scaledColumns(kept, (k) => 1 / Math.sqrt(values[k] as number));
  return {
    root: scaledColumns(kept, (k) => Math.sqrt(values[k] as number)),
    span: { rows: centred, weights },
  };
}

function rootDirectly(linalg: Linalg, centred: Matrix): { root: Matrix; span: Span } {
  const { u, values, v } = linalg.svd(centred);
  const kept = sequence(rankOf(values, Math.max(centred.rows, centred.columns)));
  return {
    root: scaledColumns(takeColumns(u, kept), (k) => values[k] as number),
    span: { rows: transpose(takeColumns(v, kept)), weights: null },
  };
}

/** How many of the values, descending, are not round-off of a matrix of this larger side. */
function rankOf(values: Float64Array, side: number): number {
  const cut = side * Number.EPSILON * (values[0] ?? 0);
  return values.filter((value) => value > cut).length;
}

export function sequence(length: number): Int32Array {
  return Int32Array.from({ length }, (_, at) => at);
}

/** A copy whose columns are multiplied by `factor`. */
export function scaledColumns(matrix: Matrix, factor: (column: number) => number): Matrix {
  const out = zeros(matrix.rows, matrix.columns);
  const factors = Float64Array.from({ length: matrix.columns }, (_, column) => factor(column));
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      out.data[start + column] = (matrix.data[start + column] as number) * (factors[column] as number);
    }
  }
  return out;
}
