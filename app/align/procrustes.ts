import {
  gramSvd,
  leftVectors,
  polarFactor,
  strongVectors,
  type WeakVectors,
  weakVectors,
} from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  type Matrix,
  scaleAndShift,
  scaledColumns,
  stackColumns,
  stackRows,
  transpose,
  zeros,
} from "#app/linalg/matrix.ts";
import { withoutReflection } from "./rotation.ts";
import type { Span } from "./span.ts";

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
 * One fit: how a centred source's voxels go over into a target's, but for scale and offset. `dense` is that map itself,
 * V_source × V_target. `factored` takes `rank` directions of the source's voxels, one by one, to directions of the
 * target's: see `FactoredFit`.
 */
export type ProcrustesFit = {
  readonly rank: number;
  readonly scale: number;
  readonly offsetOut: Float64Array;
} & ({ readonly kind: "dense"; readonly matrix: Matrix } | ({ readonly kind: "factored" } & FactoredFit));

/**
 * A fit of a source A = root · (directions of `span`) to a target C, by the singular vectors of rootᵀ·C: those that the
 * Gram matrices told, `strong` on the left, with the values `singular`, have the rows turnedᵀ·C over these on the right.
 */
interface FactoredFit {
  readonly root: Matrix;
  readonly span: Span;
  readonly target: Matrix;
  readonly strong: Matrix;
  readonly singular: Float64Array;
  /** The source's own rows along the strong directions, root · strong: T × s. */
  readonly turned: Matrix;
  readonly weak: WeakVectors | null;
}

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
  const fit = fitWide(linalg, source.wide, target.centred, target.gram);
  const values = [...fit.singular, ...(fit.weak?.values ?? [])];
  const scale = scaleOf(values.reduce((sum, value) => sum + value, 0));
  return { kind: "factored", ...fit, rank: values.length, scale, offsetOut };
}

/** The source's own rows turned into the target's space, T × V_target, but for scale and offset. */
export function turnSource(linalg: Linalg, source: Source, fit: ProcrustesFit): Matrix {
  if (fit.kind === "dense") return linalg.multiply(source.centred, fit.matrix);
  // turned · diag(1 / singular) · turnedᵀ is symmetric: half the work.
  const spread = linalg.scaledGram(
    fit.turned,
    fit.singular.map((value) => 1 / Math.sqrt(value)),
  );
  const out = linalg.multiply(spread, fit.target);
  if (fit.weak !== null) {
    linalg.addProduct(out, linalg.multiply(fit.root, fit.weak.left), fit.weak.right, { right: true });
  }
  return out;
}

/** The directions of the source's voxels that a fit takes over. */
export function sourceDirections(linalg: Linalg, { span, strong, weak }: FactoredFit): Span {
  const turn = weak === null ? strong : stackColumns([strong, weak.left]);
  const { rows, weights } = span;
  return { rows, weights: weights === null ? turn : linalg.multiply(weights, turn) };
}

/** The directions of the target's voxels that they are taken to: weak ones are rows of their own below the target's. */
export function targetDirections({ target, turned, singular, weak }: FactoredFit): Span {
  const weights = scaledColumns(turned, (k) => 1 / (singular[k] as number));
  if (weak === null) return { rows: target, weights };
  return {
    rows: stackRows([target, transpose(weak.right)]),
    weights: withUnits(weights, weak.values.length),
  };
}

/** The same with scale and offset. */
export function forwardSource(linalg: Linalg, source: Source, fit: ProcrustesFit): Matrix {
  const out = turnSource(linalg, source, fit);
  scaleAndShift(out, fit.scale, fit.offsetOut);
  return out;
}

/**
 * With A = root · Bᵀ (B: V × r, orthonormal) the polar factor of AᵀC is B · polar(rootᵀC), and with
 * rootᵀ·(C·Cᵀ)·root = E·Λ·Eᵀ that is (B·E) · Λ^(−½) · (root·E)ᵀ · C: two Gram matrices of the samples and one
 * eigendecomposition of r × r. Directions that squaring blurs are taken from rootᵀC itself (`weakVectors`).
 */
function fitWide(
  linalg: Linalg,
  { root, span }: NonNullable<Source["wide"]>,
  target: Matrix,
  gram: Matrix,
): FactoredFit {
  const found = leftVectors(linalg, linalg.congruence(gram, root));
  const { values: singular } = found;
  const strong = strongVectors(found);
  const turned = linalg.multiply(root, strong);
  const fit = { root, span, target, strong, singular, turned, weak: null };
  if (found.open === null) return fit;
  const along = (open: Matrix) => linalg.multiply(linalg.multiply(root, open), target, { left: true });
  return { ...fit, weak: weakVectors(linalg, found, along, targetDirections(fit)) };
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
  const { root, weights, sharpness } = linalg.weightedRoot(linalg.gram(centred), side);
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
