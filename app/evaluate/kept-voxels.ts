import type { Choice } from "#app/contract/result.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists } from "#app/linalg/vector.ts";
import { codesOf, type Evaluation } from "./evaluation.ts";
import type { Fold } from "./fold.ts";
import { partsOf } from "./fold-labels.ts";
import type { FoldRows } from "./fold-rows.ts";
import { voxelScores } from "./selection/voxel-scores.ts";

/** Voxels chosen on a fold's rows to fit on, by number. */
export interface KeptVoxels {
  /** Of each subject, those with their highest scores. */
  readonly own: readonly Int32Array[];
  /** For all: those with the highest mean score over the subjects who make the space. */
  readonly common: Int32Array;
}

/** The subjects who make a fold's space, by number. */
export function makersOf({ subjects }: Evaluation, { newcomer }: Fold): number[] {
  return [...subjects.keys()].filter((at) => subjects[at] !== newcomer);
}

/** The best so many voxels, as these rows to fit on have it; null where no selection is asked for. */
export function* voxelsKept(
  evaluation: Evaluation,
  fold: Fold,
  { learned, fitted }: Pick<FoldRows, "learned" | "fitted">,
): Staged<((voxels: number) => KeptVoxels) | null> {
  const { plan, classify, align } = evaluation;
  if (plan.selection === null) return null;
  const makers = makersOf(evaluation, fold);
  const scores = yield* voxelScores(plan.selection, {
    labelled: classify.subjects,
    rows: learned,
    labelsOf: (at) => codesOf(evaluation, at, learned),
    parts: partsOf(learned, fold.fit, classify),
    aligned: align.subjects,
    fitted,
    makers,
  });
  const mean = meanOfLists(makers.map((at) => scores[at] as Float64Array));
  return (voxels) => ({ own: scores.map((own) => highest(own, voxels)), common: highest(mean, voxels) });
}

/** How many voxels a choice says to keep; null where it was not what was chosen. */
export function voxelsOfChoice(choice: Choice | null): number | null {
  const voxels = choice?.parameters.voxels;
  return typeof voxels === "number" ? voxels : null;
}
