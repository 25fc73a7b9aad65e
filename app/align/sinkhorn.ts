import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { absorb, dualOf, evaluate, meetColumns, planOf, type TransportProblem } from "./transport-dual.ts";
import { newtonStep } from "./transport-newton.ts";

/** How exactly a problem is solved. */
export interface SinkhornLimits {
  /** The solution is taken as it is after so many passes over the matrix, there and back. */
  readonly passes: number;
  /** The mass, of 1 in all, that may lie where it should not. */
  readonly tolerance: number;
}

/** Who sends how much to whom: rows × columns. */
export interface Coupling {
  readonly plan: Matrix;
  readonly passes: number;
  /** The mass that lay where it should not before the columns were met a last time. */
  readonly error: number;
}

/** A pass of Sinkhorn's is slow if it leaves more than this share of the error. */
const SLOW = 0.5;

/** So many passes are Sinkhorn's, slow or not, before Newton's first step and after one that failed. */
const FIRST_PASSES = 8;

/**
 * Entropic optimal transport (see `TransportProblem`). Sinkhorn's iterations take turns at meeting the rows and the
 * columns, in one pass over the matrix each (Cuturi 2013). Where they get slow, which they do where the plan is nearly
 * one to one, steps of Newton's take their place (Brauer et al. 2017): by them a template of ten subjects with 500 voxels
 * takes 0.8 s, without them 7.8 s, or 2.8 s and 1000 iterations that do not converge. The columns are met last: where
 * marginals must be met, those of the columns are met to the last digit.
 */
export function sinkhorn(
  linalg: Linalg,
  problem: TransportProblem,
  { passes, tolerance }: SinkhornLimits,
): Coupling {
  const dual = dualOf(linalg, problem);
  let patience = FIRST_PASSES;
  let slow = false;
  while (dual.error > tolerance && dual.passes < passes) {
    absorb(dual);
    if (patience > 0 || !slow) {
      const before = dual.error;
      meetColumns(dual);
      evaluate(dual);
      slow = dual.error > SLOW * before;
      patience -= 1;
    } else if (!newtonStep(dual, passes)) {
      patience = FIRST_PASSES;
    }
  }
  meetColumns(dual);
  return { plan: planOf(dual), passes: dual.passes, error: dual.error };
}
