import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, rowsInPlace, type Single, stackRows } from "#app/linalg/matrix.ts";
import { isLarge } from "./coarse-products.ts";
import { refuseSquares } from "./refuse-unfit.ts";

/**
 * A subject's samples X (T × V), centred, without loss in as few columns as there are samples: X = reduced · Bᵀ with B
 * orthonormal, B = Xᵀ · weights. Orthonormal maps of the one are orthonormal maps of the other (Richard et al. 2022).
 */
export interface ReducedSubject {
  readonly reduced: Matrix;
  /** What is still to be taken from each row of `reduced`; null where it is centred. */
  readonly shift: Float64Array | null;
  /** The same, centred, in single precision, to go through until the model is found; null where that takes no time anyway. */
  readonly coarse: Single | null;
  /** null where there are no more voxels than samples: then X itself is `reduced`. */
  readonly weights: Matrix | null;
  /** X itself, centred as `reduced` is. */
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
  /** How many voxels the subject has. */
  readonly voxels: number;
}

/** Samples (T × V), and what a sentence calls whose they are. */
export interface NamedSamples {
  readonly name: string;
  readonly samples: Matrix;
  /** How many voxels, where columns are a root of them. */
  readonly rootOf?: number;
}

/**
 * A subject's samples (T × V) as `ReducedSubject` says, and other rows of theirs (n × V), less the samples' means, over the
 * same columns: these are then as many as both have rows. What is not finite is found in passing.
 * @throws Fault align/not-finite
 */
export function reduceBoth(
  linalg: Linalg,
  { name, samples, rootOf: voxels = samples.columns }: NamedSamples,
  others: Matrix | null,
): { readonly subject: ReducedSubject; readonly others: Matrix | null } {
  if (others === null && samples.rows >= samples.columns && isLarge(samples)) {
    const { matrix: coarse, means: offset, squaredNorm } = linalg.centreSingle(samples);
    refuseSquares(squaredNorm, name);
    // A centred copy would be gone through once only, for the last maps.
    const whole = { reduced: samples, shift: offset, coarse, weights: null, centred: samples };
    return { subject: { ...whole, offset, squaredNorm, voxels }, others };
  }
  const { matrix: own, means: offset, squaredNorm } = linalg.centre(samples);
  refuseSquares(squaredNorm, name);
  const beside = others === null ? null : lessOffsets(others, offset);
  const centred = beside === null ? own : stackRows([own, beside]);
  if (centred.rows >= centred.columns) {
    const whole = { reduced: own, shift: null, coarse: coarseOf(linalg, own), weights: null, centred: own };
    return { subject: { ...whole, offset, squaredNorm, voxels }, others: beside };
  }
  const { root, weights } = linalg.weightedRoot(linalg.gram(centred), centred.columns);
  const reduced = rowsInPlace(root, 0, own.rows);
  const coarse = coarseOf(linalg, reduced);
  return {
    subject: { reduced, shift: null, coarse, weights, centred, offset, squaredNorm, voxels },
    others: beside === null ? null : rowsInPlace(root, own.rows, beside.rows),
  };
}

function coarseOf(linalg: Linalg, reduced: Matrix): Single | null {
  return isLarge(reduced) ? linalg.single(reduced) : null;
}
