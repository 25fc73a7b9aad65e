import type { Evaluation } from "./evaluation.ts";
import type { Fold } from "./fold.ts";
import { cutsRuns, testedIn } from "./fold-rows.ts";
import { tasksInSpheres } from "./searchlight/accuracy-maps.ts";

/** How many tasks a fold takes at most, those of the method's fit among them. */
export function tasksOfFold(evaluation: Evaluation, fold: Fold, tasksOfFit: number): number {
  const { plan, subjects } = evaluation;
  const n = subjects.length;
  const tested = testedIn(evaluation, fold).length;
  const around = evaluation.spheres ? tasksInSpheres(evaluation.spheres) : 0;
  if (plan.protocol.name === "leave-one-subject-out") return (plan.pairs ? 2 * n : n) + around;
  const before = (cutsRuns(evaluation, fold) ? 1 : 0) + (plan.selection === null ? 0 : 1);
  const fits = plan.statistics.shiftedTime ? 2 : 1;
  // On anatomy and of each fit: standardise two kinds of rows, under scheme B three; compare courses, classify; and alpha.
  const between = (1 + fits) * ((fold.scheme === "B" ? 3 : 2) * n + 2 * tested + 1);
  // Foretell: on anatomy and of each fit how well; of each fit the way back and what it says.
  const foretold = plan.reconstruction ? (1 + fits) * tested + fits * (n + tested) : 0;
  const pairs = plan.pairs ? (2 + fits) * tested : 0;
  // Within: classify. Of each fit: apply. Of components: their regression, and two kinds of rows to look at.
  // Two of patterns, and of distances in units of noise what they are seen in.
  const distances = plan.similarity.dissimilarity === "correlation" ? 0 : 4 * n;
  return (
    before * n +
    between +
    foretold +
    pairs +
    tested +
    fits * (n + tasksOfFit) +
    3 * n +
    2 +
    distances +
    (around === 0 ? 0 : 2 * around + 2 * n)
  );
}
