import type { RunPart } from "#app/contract/run-part.ts";
import type { Matrix, Single } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { type Evaluation, labelledRows, rowsIn } from "./evaluation.ts";
import { scalePartsTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";

/** The rows of a fold by what they are used for. */
export interface FoldRows {
  /** Of the kind aligned on, in the parts to fit on; and how many are of each part. */
  readonly fitted: readonly number[];
  readonly fittedLengths: readonly number[];
  /** Labelled rows to classify, in the parts to fit on. */
  readonly learned: readonly number[];
  /** Of the kind aligned on, in the parts held out; and how many are of each part. */
  readonly shown: readonly number[];
  readonly shownLengths: readonly number[];
  /** Labelled rows to classify, in the parts held out. */
  readonly held: readonly number[];
}

export function rowsOfFold(evaluation: Evaluation, { fit, held }: Fold): FoldRows {
  const { align } = evaluation;
  const lengths = (parts: readonly RunPart[]) => parts.map((part) => rowsIn(align, [part]).length);
  return {
    fitted: rowsIn(align, fit),
    fittedLengths: lengths(fit),
    learned: labelledRows(evaluation, fit),
    shown: rowsIn(align, held),
    shownLengths: lengths(held),
    held: labelledRows(evaluation, held),
  };
}

/** The subjects whom a fold tests, by number. */
export function testedIn({ subjects }: Evaluation, { newcomer }: Fold): number[] {
  return [...subjects.keys()].filter((at) => newcomer === null || subjects[at] === newcomer);
}

/** Whether a fold uses less of some run than all of it. */
export function cutsRuns({ runs }: Evaluation, { fit, held }: Fold): boolean {
  return [...fit, ...held].some(({ run, from, to }) =>
    runs.some((own) => own.run === run && to - from < own.volumes),
  );
}

/**
 * The samples with each part of a run z-scored on its own, where runs are cut: samples come z-scored by whole runs, whose
 * means and spreads are of rows to fit on and of rows held out alike. By the rows of the kind aligned on, as everywhere
 * (docs/decisions/0005).
 */
export function* scaledByPart(evaluation: Evaluation, fold: Fold): Staged<Evaluation> {
  if (!cutsRuns(evaluation, fold)) return evaluation;
  const { align, classify } = evaluation;
  const parts = [...fold.fit, ...fold.held].map((part) => ({
    by: rowsIn(align, [part]),
    rows: rowsIn(classify, [part]),
  }));
  const scaled = (yield align.subjects.map((own, at) =>
    scalePartsTask({ align: own, classify: classify.subjects[at] as Matrix, parts }),
  )) as readonly (readonly [Single, Single])[];
  return {
    ...evaluation,
    align: { ...align, subjects: scaled.map(([own]) => own) },
    classify: { ...classify, subjects: scaled.map(([, own]) => own) },
  };
}
