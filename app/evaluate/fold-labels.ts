import type { RunPart } from "#app/contract/run-part.ts";
import { type Matrix, take, type Values } from "#app/linalg/matrix.ts";
import type { RunLabels } from "./align-method.ts";
import { codedRows, type Evaluation, type EvaluationSamples, labelsOf, rowsIn } from "./evaluation.ts";
import type { Fold } from "./fold.ts";

/** A subject's labelled rows among these, over some voxels, for methods that are led by labels. */
export function runLabels(
  evaluation: Evaluation,
  { fit }: Fold,
  { subject, among, voxels }: { subject: number; among: readonly number[]; voxels: Int32Array },
): RunLabels {
  const { classify } = evaluation;
  const { rows, codes } = codedRows(labelsOf(evaluation, subject), among);
  const samples: Matrix = take(classify.subjects[subject] as Values, rows, voxels);
  return { samples, codes, runs: partsOf(rows, fit, classify) };
}

/** Of rows, part by part, the number of the part that each is of. */
export function partsOf(
  rows: readonly number[],
  parts: readonly RunPart[],
  samples: EvaluationSamples,
): number[] {
  return parts.flatMap((part, number) => {
    const own = new Set(rowsIn(samples, [part]));
    return rows.filter((row) => own.has(row)).map(() => number);
  });
}
