import type { Selection } from "#app/contract/selection.ts";
import { type Matrix, single, stackRows, take, takeColumns, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists, range } from "#app/linalg/vector.ts";
import type { AlignMethod, RunLabels } from "./align-method.ts";
import { correlations } from "./correlations.ts";
import type { EvaluationSamples } from "./evaluation.ts";
import { codedRows, rowsOf } from "./evaluation.ts";
import { standardiseTask } from "./evaluation-tasks.ts";
import { meanPatterns } from "./mean-patterns.ts";
import { voxelScores } from "./selection/voxel-scores.ts";

export interface FitConditionsInput {
  /** Rows to align on of all subjects; only those of `fitRuns` and, for means and spreads, of `patternRuns`. */
  readonly align: EvaluationSamples;
  /** Labelled rows of all subjects but the one compared, in their order. */
  readonly labelled: EvaluationSamples;
  /** The subject compared, by number, their rows, with no labels, and those that give these their means and spreads. */
  readonly subject: number;
  readonly rows: Values;
  readonly block: Values;
  readonly fitRuns: readonly string[];
  readonly patternRuns: readonly string[];
  readonly conditions: readonly string[];
  /** Null keeps all voxels. */
  readonly selection: Selection | null;
  readonly newSubject: boolean;
}

/**
 * How well each row of a subject fits each condition: in the common space of the method, rows z-scored by column as in
 * an evaluation, the correlation over columns with the mean pattern of the others' rows. Nothing that is labelled of the
 * subject is seen, not by a selection either, which takes the mean score of the others. Rows × conditions; NaN where a row
 * does not vary.
 */
export function* fitConditions(input: FitConditionsInput, alignMethod: AlignMethod): Staged<Matrix> {
  const { align, labelled, subject, rows, block, fitRuns, patternRuns, conditions, newSubject } = input;
  const kept = yield* selectedVoxels(input);
  const patternRows = rowsOf(labelled.runs, patternRuns).filter((row) =>
    conditions.includes(labelled.labels[row] ?? ""),
  );
  const fitted = rowsOf(align.runs, fitRuns);
  const others = align.subjects.map((_, at) => at).filter((at) => at !== subject);
  const patternBlock = rowsOf(align.runs, patternRuns);
  const blockOf = (at: number) =>
    single(
      at === subject ? takeColumns(block, kept) : take(align.subjects[at] as Values, patternBlock, kept),
    );
  const { moved, weights } = yield* alignMethod({
    samples: align.subjects.map((own) => take(own, fitted, kept)),
    voxels: align.subjects.map(() => kept),
    runLengths: fitRuns.map((one) => rowsOf(align.runs, [one]).length),
    labelled: (at) => (at === subject ? null : labelsToAlign(input, others.indexOf(at), kept)),
    leftOut: newSubject ? subject : null,
    held: (at) => [
      at === subject
        ? takeColumns(rows, kept)
        : take(labelled.subjects[others.indexOf(at)] as Values, patternRows, kept),
      blockOf(at),
    ],
  });
  const samples = (yield moved.map(([own, by]) =>
    standardiseTask({ samples: own as Values, by: by as Values, weights }),
  )) as readonly Matrix[];
  const labels = patternRows.map((row) => labelled.labels[row] as string);
  const patterns = meanPatterns(
    stackRows(others.map((at) => samples[at] as Matrix)),
    others.flatMap(() => labels),
    conditions,
  );
  return correlations(samples[subject] as Matrix, patterns);
}

/** The labelled rows of the runs aligned on of one of the others, over the voxels kept. */
function labelsToAlign(
  { labelled, fitRuns }: FitConditionsInput,
  other: number,
  kept: Int32Array,
): RunLabels {
  const { rows, codes } = codedRows(labelled.labels, rowsOf(labelled.runs, fitRuns));
  const { subjects, runs } = labelled;
  return {
    samples: take(subjects[other] as Values, rows, kept),
    codes,
    runs: rows.map((row) => fitRuns.indexOf(runs[row] as string)),
  };
}

/** The voxels to use: all, or those with the highest mean score of the others on the rows fitted. */
function* selectedVoxels(input: FitConditionsInput): Staged<Int32Array> {
  const { align, labelled, subject, fitRuns, selection } = input;
  const width = (align.subjects[0] as Values).columns;
  if (selection === null) return range(0, width);
  const { rows, codes } = codedRows(labelled.labels, rowsOf(labelled.runs, fitRuns));
  const makers = [...align.subjects.keys()].filter((at) => at !== subject);
  const scores = yield* voxelScores(selection, {
    labelled: labelled.subjects,
    rows,
    labelsOf: () => codes,
    parts: rows.map((row) => fitRuns.indexOf(labelled.runs[row] as string)),
    aligned: makers.map((at) => align.subjects[at] as Values),
    fitted: rowsOf(align.runs, fitRuns),
    makers: [...makers.keys()],
  });
  return highest(meanOfLists(scores), selection.voxels);
}
