import {
  beside,
  gramSvd,
  leftVectors,
  polarFactor,
  strongVectors,
  weakVectors,
} from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaledColumns, stackRows, transpose, zeros } from "#app/linalg/matrix.ts";
import { withoutReflection } from "./rotation.ts";
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
  readonly gram: Matrix | null;
}

/**
 * One fit: how a centred source's voxels go over into a target's, but for scale and offset. `dense` is that map
 * itself, V_source × V_target. `spanned` takes `rank` directions of the source's voxels, one by one, to directions
 * of the target's; `turned` (T × rank) is the source's own rows along them. `singular` are the singular values
 * behind them where the target's directions are `turned` over these, in combinations of its own rows; else null.
 */
export type ProcrustesFit = {
  readonly rank: number;
  readonly scale: number;
  readonly offsetOut: Float64Array;
} & (
  | { readonly kind: "dense"; readonly matrix: Matrix }
  | {
      readonly kind: "spanned";
      readonly turned: Matrix;
      readonly singular: Float64Array | null;
      readonly source: TurnedSpan;
      readonly target: Span;
    }
);

/** Above this ratio of T to V a decomposition of V × V costs less than going by the samples. */
const WIDE_LIMIT = 0.9;

/** Below this sharpness a Gram matrix has lost too many digits and the samples are decomposed. */
const SHARP_LIMIT = 1e-6;

/** What a map of one subject's voxels to others may do besides rotating. */
export interface Freedom {
  readonly scaling: boolean;
  readonly reflection: boolean;
}

/** X: T × V. */
export function readySource(linalg: Linalg, samples: Matrix): Source {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  const wide = isWide(samples) && squaredNorm > 0 ? rootOf(linalg, centred) : null;
  return { centred, offset, squaredNorm, wide };
}

/** X: T × V, to fit sources to of which some are wide or none. Columns that were z-scored are centred already. */
export function readyTarget(linalg: Linalg, samples: Matrix, forWide: boolean, zscored: boolean): Target {
  const { matrix: centred, means: offset } = zscored
    ? { matrix: samples, means: new Float64Array(samples.columns) }
    : linalg.centre(samples);
  return { centred, offset, gram: forWide ? linalg.gram(centred) : null };
}

function isWide({ rows, columns }: Matrix): boolean {
  return rows <= WIDE_LIMIT * columns;
}

/**
 * The orthogonal Procrustes transformation of a source A to a target C with the same T rows: the polar factor of AᵀC.
 * Scale is the sum of its singular values over ‖A‖², or 1. Schönemann 1966; algorithms as in PyMVPA's ProcrusteanMapper.
 * With T < V nothing of V × V is formed (`fitWide`).
 */
export function fitProcrustes(
  linalg: Linalg,
  source: Source,
  target: Target,
  { scaling, reflection }: Freedom,
): ProcrustesFit {
  const offsetOut = target.offset;
  const scaleOf = (nuclearNorm: number) =>
    scaling && source.squaredNorm > 0 ? nuclearNorm / source.squaredNorm : 1;
  if (source.wide === null || target.gram === null || isZero(target.gram)) {
    const cross = linalg.multiply(source.centred, target.centred, { left: true });
    const found = polarFactor(linalg, cross);
    const polar = reflection ? found : withoutReflection(linalg, cross, found);
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
  const { turned, singular, target } = fit;
  if (singular !== null) {
    // turned · diag(1 / singular) · turnedᵀ is symmetric: half the work.
    const spread = linalg.scaledGram(
      turned,
      singular.map((value) => value ** -0.5),
    );
    return linalg.multiply(spread, target.rows);
  }
  if (target.weights === null) return linalg.multiply(turned, target.rows);
  return linalg.multiply(linalg.multiply(turned, target.weights, { right: true }), target.rows);
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
 * eigendecomposition of r × r. Directions that squaring blurs are taken from rootᵀC itself (`weakVectors`), and their
 * right vectors stand as rows of their own below those of C.
 */
function fitWide(linalg: Linalg, { root, span }: NonNullable<Source["wide"]>, target: Matrix, gram: Matrix) {
  const found = leftVectors(linalg, linalg.congruence(gram, root));
  const { values } = found;
  const strong = strongVectors(found);
  const sharp = linalg.multiply(root, strong);
  const weights = scaledColumns(sharp, (k) => 1 / (values[k] as number));
  const weak =
    found.open === null
      ? null
      : weakVectors(linalg, found, linalg.multiply(root, target, { left: true }), {
          right: linalg.multiply(target, weights, { left: true }),
        });
  const nuclearNorm = [...values, ...(weak?.values ?? [])].reduce((sum, value) => sum + value, 0);
  if (weak === null) {
    const source = { ...span, turn: strong };
    return { nuclearNorm, turned: sharp, singular: values, source, target: { rows: target, weights } };
  }
  const turn = beside(strong, weak.left);
  return {
    nuclearNorm,
    turned: linalg.multiply(root, turn),
    singular: null,
    source: { ...span, turn },
    target: {
      rows: stackRows([target, transpose(weak.right)]),
      weights: withUnits(weights, weak.left.columns),
    },
  };
}

/** The weights, and below and to the right of them an identity of so many units. */
function withUnits(weights: Matrix, units: number): Matrix {
  const out = zeros(weights.rows + units, weights.columns + units);
  for (let row = 0; row < weights.rows; row++) {
    const part = weights.data.subarray(row * weights.columns, (row + 1) * weights.columns);
    out.data.set(part, row * out.columns);
  }
  for (let unit = 0; unit < units; unit++) {
    out.data[(weights.rows + unit) * out.columns + weights.columns + unit] = 1;
  }
  return out;
}

function rootOf(linalg: Linalg, centred: Matrix): { root: Matrix; span: Span } {
  const side = Math.max(centred.rows, centred.columns);
  const { root, weights, sharpness } = linalg.root(linalg.gram(centred), side);
  if (sharpness >= SHARP_LIMIT) return { root, span: { rows: centred, weights } };
  const { u, values, v } = gramSvd(linalg, centred);
  return {
    root: scaledColumns(u, (k) => values[k] as number),
    span: { rows: transpose(v), weights: null },
  };
}

/** Whether a Gram matrix is of nothing but zeros. */
function isZero({ rows, data }: Matrix): boolean {
  for (let at = 0; at < rows; at++) if (data[at * (rows + 1)] !== 0) return false;
  return true;
}
