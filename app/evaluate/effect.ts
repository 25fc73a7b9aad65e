import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { Effect } from "#app/contract/statistics.ts";
import { mean } from "./mean-and-sem.ts";
import { bootstrapInterval } from "./statistics/bootstrap.ts";
import { meanInterval } from "./statistics/mean-interval.ts";
import { signFlip } from "./statistics/sign-flip.ts";

/** Draws of subjects. */
const DRAWS = 5000;

/** What alignment changed in each subject's accuracy; null where there is no before or no after, or too few subjects. */
export function effectOf(
  { statistics: { confidence }, seed }: Plan,
  { anatomical, aligned }: EvaluationResult["accuracy"],
): Effect | null {
  if (anatomical === null || aligned === null) return null;
  const differences = aligned.perSubject.map(
    ({ accuracy }, at) => accuracy - (anatomical.perSubject[at]?.accuracy ?? Number.NaN),
  );
  if (differences.length < 2 || !differences.every(Number.isFinite)) return null;
  return {
    mean: mean(differences),
    confidence,
    interval: meanInterval(differences, confidence),
    bootstrap: bootstrapInterval(differences, { confidence, draws: DRAWS, seed }),
    signFlip: signFlip(differences, seed),
  };
}
