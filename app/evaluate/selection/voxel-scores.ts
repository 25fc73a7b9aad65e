import { Fault } from "#app/contract/fault.ts";
import type { Selection } from "#app/contract/selection.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { anovaTask, othersTask, stabilityTask, sumTask } from "./selection-tasks.ts";

/** What voxels may be chosen by: rows to fit on alone. */
export interface ScoredRows {
  /** Of each subject whose labels may be seen: samples, the labelled rows, their labels, and the part that each is of. */
  readonly labelled: readonly Values[];
  readonly rows: readonly number[];
  readonly labelsOf: (subject: number) => readonly number[];
  readonly parts: readonly number[];
  /** Of each subject, rows of the kind aligned on; who makes the space, by number. */
  readonly aligned: readonly Values[];
  readonly fitted: readonly number[];
  readonly makers: readonly number[];
}

/**
 * How much each voxel of each subject is worth keeping: of each whose labels are seen or, by correlation, of all.
 * @throws Fault plan/invalid where no two conditions, or by stability no two in two parts, are labelled
 */
export function* voxelScores(
  { name }: Pick<Selection, "name">,
  { labelled, rows, labelsOf, parts, aligned, fitted, makers }: ScoredRows,
): Staged<readonly Float64Array[]> {
  switch (name) {
    case "anova": {
      if (labelled.every((_, at) => new Set(labelsOf(at)).size < 2)) {
        const detail = "ANOVA needs labelled samples of two conditions in the runs aligned on";
        throw new Fault("plan/invalid", { detail });
      }
      return (yield labelled.map((samples, at) =>
        anovaTask({ samples, rows, labels: labelsOf(at) }),
      )) as readonly Float64Array[];
    }
    case "stability": {
      const found = (yield labelled.map((samples, at) =>
        stabilityTask({ samples, rows, labels: labelsOf(at), parts }),
      )) as readonly Float64Array[];
      if (found.some((own) => Number.isNaN(own[0]))) {
        const detail = "stability needs labelled samples of the same conditions in two runs aligned on";
        throw new Fault("plan/invalid", { detail });
      }
      return found;
    }
    case "between-subject-correlation": {
      const [sum] = (yield [
        sumTask({ subjects: makers.map((at) => aligned[at] as Values), rows: fitted }),
      ]) as readonly [Matrix];
      return (yield aligned.map((samples, at) =>
        othersTask({ samples, rows: fitted, sum, among: makers.includes(at) }),
      )) as readonly Float64Array[];
    }
  }
}
