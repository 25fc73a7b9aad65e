import type { VolumeSpan } from "#app/contract/run-part.ts";
import { choosesVoxels, numbersOfVoxels, type Selection } from "#app/contract/selection.ts";
import { type Matrix, single, stackRows, take, takeColumns, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists, range } from "#app/linalg/vector.ts";
import type { AlignMethod, ChoiceInput, RunLabels } from "./align-method.ts";
import { correlations } from "./correlations.ts";
import type { EvaluationSamples } from "./evaluation.ts";
import { codedRows, rowsOf } from "./evaluation.ts";
import { standardiseTask } from "./evaluation-tasks.ts";
import { choiceInput } from "./fold-choice.ts";
import { voxelsOfChoice } from "./kept-voxels.ts";
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
export function* fitConditions(
  input: FitConditionsInput,
  { choose, align: alignBy }: AlignMethod,
): Staged<Matrix> {
  const { align, labelled, subject, rows, block, fitRuns, patternRuns, conditions, newSubject } = input;
  const best = yield* bestVoxels(input, {
    fitted: rowsOf(align.runs, fitRuns),
    labelled: rowsOf(labelled.runs, fitRuns),
  });
  const choice = yield* choose(choiceOn(input, best(null)));
  const kept = best(voxelsOfChoice(choice));
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
  const { moved, weights } = yield* alignBy({
    samples: align.subjects.map((own) => take(own, fitted, kept)),
    voxels: align.subjects.map(() => kept),
    runLengths: fitRuns.map((one) => rowsOf(align.runs, [one]).length),
    labelled: (at) => labelsToAlign(input, at, rowsOf(labelled.runs, fitRuns), kept),
    choice,
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

/** The labelled rows among these of one of the others, over the voxels kept; null of the subject compared. */
function labelsToAlign(
  { labelled, fitRuns, subject }: FitConditionsInput,
  at: number,
  among: readonly number[],
  kept: Int32Array,
): RunLabels | null {
  if (at === subject) return null;
  const { rows, codes } = codedRows(labelled.labels, among);
  const { subjects, runs } = labelled;
  return {
    samples: take(subjects[at < subject ? at : at - 1] as Values, rows, kept),
    codes,
    runs: rows.map((row) => fitRuns.indexOf(runs[row] as string)),
  };
}

/** The voxels to use: all, or so many with the highest mean score of the others on these rows; null: as the Plan says. */
function* bestVoxels(
  { align, labelled, subject, fitRuns, selection }: FitConditionsInput,
  among: { readonly fitted: readonly number[]; readonly labelled: readonly number[] },
): Staged<(voxels: number | null) => Int32Array> {
  const width = (align.subjects[0] as Values).columns;
  if (selection === null) return () => range(0, width);
  const { rows, codes } = codedRows(labelled.labels, among.labelled);
  const makers = [...align.subjects.keys()].filter((at) => at !== subject);
  const scores = yield* voxelScores(selection, {
    labelled: labelled.subjects,
    rows,
    labelsOf: () => codes,
    parts: rows.map((row) => fitRuns.indexOf(labelled.runs[row] as string)),
    aligned: makers.map((at) => align.subjects[at] as Values),
    fitted: among.fitted,
    makers: [...makers.keys()],
  });
  const mean = meanOfLists(scores);
  const [usual] = numbersOfVoxels(selection) as [number];
  return (voxels) => highest(mean, voxels ?? usual);
}

/** What parameters are chosen on: the runs to fit to of those who make the space. */
function choiceOn(input: FitConditionsInput, kept: Int32Array): ChoiceInput {
  const { align, labelled, subject, fitRuns, selection, newSubject } = input;
  const makers = [...align.subjects.keys()].filter((at) => !newSubject || at !== subject);
  const fitted = rowsOf(align.runs, fitRuns);
  const learned = rowsOf(labelled.runs, fitRuns);
  return choiceInput({
    fitted,
    fittedLengths: fitRuns.map((one) => rowsOf(align.runs, [one]).length),
    fittedVolumes: fitted.map((row) => align.volumes[row] as VolumeSpan),
    labelled: learned,
    labelledRuns: learned.map((row) => fitRuns.indexOf(labelled.runs[row] as string)),
    labelledVolumes: learned.map((row) => labelled.volumes[row] as VolumeSpan),
    voxels: makers.map(() => kept),
    best: choosesVoxels(selection)
      ? function* (among) {
          const best = yield* bestVoxels(input, among);
          return (voxels) => makers.map(() => best(voxels));
        }
      : null,
    samples: (maker, rows, voxels) => take(align.subjects[makers[maker] as number] as Values, rows, voxels),
    labels: (maker, among, voxels) => labelsToAlign(input, makers[maker] as number, among, voxels),
  });
}
