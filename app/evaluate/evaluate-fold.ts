import type { MethodName, Prediction } from "#app/contract/result.ts";
import { type Matrix, single, take, takeColumns, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest } from "./anova.ts";
import { type Evaluation, labelledRows, rowsOf } from "./evaluation.ts";
import { anovaTask, classifyTask, standardiseTask } from "./evaluation-tasks.ts";
import type { Fold } from "./folds.ts";

/**
 * Fits the Plan's method to each subject's samples, whose columns are the named voxels, and moves other rows of
 * theirs into the common space, of whose columns `voxels` says the voxel.
 */
export type AlignMethod = (input: {
  readonly samples: readonly Matrix[];
  readonly voxels: readonly Int32Array[];
  /** A subject's rows to move, asked for after the fit, so that they don't lie in memory during it. */
  readonly held: (subject: number) => readonly Values[];
}) => Staged<{ readonly moved: readonly (readonly Values[])[]; readonly voxels: Int32Array }>;

/** What alignment made of a fold's held-out rows: rows × V_common of each subject. */
export interface HeldOut {
  readonly voxels: Int32Array;
  /** The labelled rows to classify. */
  readonly classified: readonly Float32Array[];
  /** The rows of the kind aligned on. */
  readonly shown: readonly Float32Array[];
}

export interface FoldOutcome {
  readonly fold: string;
  readonly predictions: Readonly<Record<MethodName, readonly Prediction[]>>;
  readonly reason: Readonly<Partial<Record<MethodName, string>>>;
  readonly heldOut: HeldOut | null;
}

/**
 * One fold: within subjects, between them on anatomy, and between them after alignment. Order (algorithms.md §12):
 * samples z-scored per run → selection → alignment → apply → z-score per subject and test block → classify. The last
 * z-score takes means and spreads from the block's rows of the kind that is aligned on (docs/decisions/0005).
 */
export function* evaluateFold(
  evaluation: Evaluation,
  fold: Fold,
  alignMethod: AlignMethod,
): Staged<FoldOutcome> {
  if (evaluation.plan.protocol.name === "leave-one-subject-out")
    return yield* acrossAllRows(evaluation, fold);
  const scores = yield* selectionScores(evaluation, fold);
  const within = yield* withinSubjects(evaluation, fold, scores);
  const anatomical = yield* onAnatomy(evaluation, fold, scores);
  const { predictions: aligned, heldOut } = yield* afterAlignment(evaluation, fold, scores, alignMethod);
  return {
    fold: fold.id,
    predictions: { within: within ?? [], anatomical, aligned },
    reason:
      within === null ? { within: "The runs to fit on share no condition with the runs to test on." } : {},
    heldOut,
  };
}

/** How many tasks a fold of `subjects` takes, those of the method's fit among them. */
export function tasksOfFold({ plan, subjects }: Evaluation, tasksOfFit: number): number {
  const n = subjects.length;
  if (plan.protocol.name === "leave-one-subject-out") return n;
  return (plan.selection === null ? 6 : 7) * n + tasksOfFit;
}

/** Each subject's F by voxel on the fold's labelled rows to align on; null where no selection is asked for. */
type Scores = readonly Float64Array[] | null;

function* selectionScores(evaluation: Evaluation, fold: Fold): Staged<Scores> {
  const { plan, classify } = evaluation;
  if (plan.selection === null) return null;
  const rows = labelledRows(evaluation, fold.alignRuns);
  const labels = labelsOf(evaluation, rows);
  return (yield classify.subjects.map((samples) =>
    anovaTask({ samples: takeRows(samples, rows), labels }),
  )) as readonly Float64Array[];
}

/** null where no class to test was trained on. */
function* withinSubjects(
  evaluation: Evaluation,
  fold: Fold,
  scores: Scores,
): Staged<readonly Prediction[] | null> {
  const { plan, classify, codes } = evaluation;
  const train = labelledRows(evaluation, fold.alignRuns);
  const held = labelledRows(evaluation, fold.testRuns);
  const known = new Set(train.map((row) => codes[row]));
  if (!held.some((row) => known.has(codes[row]))) return null;
  const labels = labelsOf(evaluation, train);
  const predicted = (yield classify.subjects.map((samples, at) => {
    const own = keep(samples, selected(evaluation, scores?.[at]));
    return classifyTask({
      classifier: plan.classifier,
      train: [takeRows(own, train)],
      labels,
      test: takeRows(own, held),
      voxels: null,
    });
  })) as readonly number[][];
  return predictionsOf(evaluation, fold, held, predicted);
}

/** On one set of voxels for all subjects: those with the highest mean F over subjects on the rows aligned on. */
function* onAnatomy(evaluation: Evaluation, fold: Fold, scores: Scores): Staged<readonly Prediction[]> {
  const { align, classify } = evaluation;
  const held = labelledRows(evaluation, fold.testRuns);
  const block = rowsOf(align.runs, fold.testRuns);
  const kept = selected(evaluation, scores === null ? undefined : meanOf(scores));
  const samples = (yield classify.subjects.map((own, at) =>
    standardiseTask({
      samples: takeRows(keep(own, kept), held),
      by: single(takeRows(keep(align.subjects[at] as Values, kept), block)),
    }),
  )) as readonly Matrix[];
  return yield* leaveOneSubjectOut(evaluation, fold, samples, held, null);
}

function* afterAlignment(
  evaluation: Evaluation,
  fold: Fold,
  scores: Scores,
  alignMethod: AlignMethod,
): Staged<{ predictions: readonly Prediction[]; heldOut: HeldOut }> {
  const { align, classify } = evaluation;
  const fitted = rowsOf(align.runs, fold.alignRuns);
  const shown = rowsOf(align.runs, fold.testRuns);
  const held = labelledRows(evaluation, fold.testRuns);
  const voxels = align.subjects.map(
    ({ columns }, at) =>
      selected(evaluation, scores?.[at]) ?? Int32Array.from({ length: columns }, (_, v) => v),
  );
  const chosen = (samples: readonly Values[], rows: readonly number[], at: number) =>
    take(samples[at] as Values, rows, voxels[at] as Int32Array);
  const { moved, voxels: common } = yield* alignMethod({
    samples: align.subjects.map((_, at) => chosen(align.subjects, fitted, at)),
    voxels,
    held: (at) => [chosen(classify.subjects, held, at), single(chosen(align.subjects, shown, at))],
  });
  const classified = moved.map(([rows]) => rows as Matrix);
  const samples = (yield classified.map((own, at) =>
    standardiseTask({ samples: own, by: moved[at]?.[1] as Values }),
  )) as readonly Matrix[];
  const predictions = yield* leaveOneSubjectOut(evaluation, fold, samples, held, null);
  return {
    predictions,
    heldOut: {
      voxels: common,
      classified: classified.map(({ data }) => Float32Array.from(data)),
      shown: moved.map(([, block]) => Float32Array.from((block as Values).data)),
    },
  };
}

/** Leave one subject out over all rows, selection on the stacked rows of the others: PyMVPA's anatomical baseline. */
function* acrossAllRows(evaluation: Evaluation, fold: Fold): Staged<FoldOutcome> {
  const rows = labelledRows(evaluation, fold.testRuns);
  const samples = evaluation.classify.subjects.map((own) => takeRows(own, rows));
  const voxels = evaluation.plan.selection?.voxels ?? null;
  return {
    fold: fold.id,
    predictions: {
      within: [],
      anatomical: yield* leaveOneSubjectOut(evaluation, fold, samples, rows, voxels),
      aligned: [],
    },
    reason: {
      within: "The protocol leaves out subjects, so no subject is tested on their own data.",
      aligned: "The protocol leaves no rows to align on.",
    },
    heldOut: null,
  };
}

/** Trains on all subjects but one and tests that one, each in turn. Row k of every matrix is sample `rows[k]`. */
function* leaveOneSubjectOut(
  evaluation: Evaluation,
  fold: Fold,
  samples: readonly Matrix[],
  rows: readonly number[],
  voxels: number | null,
): Staged<readonly Prediction[]> {
  const own = labelsOf(evaluation, rows);
  const labels = samples.slice(1).flatMap(() => own);
  const predicted = (yield samples.map((test, at) =>
    classifyTask({
      classifier: evaluation.plan.classifier,
      train: samples.filter((_, other) => other !== at),
      labels,
      test,
      voxels,
    }),
  )) as readonly number[][];
  return predictionsOf(evaluation, fold, rows, predicted);
}

function predictionsOf(
  { subjects, codes }: Evaluation,
  fold: Fold,
  rows: readonly number[],
  predicted: readonly (readonly number[])[],
): Prediction[] {
  return subjects.flatMap((subject, at) =>
    rows.map((row, k) => ({
      fold: fold.id,
      subject,
      row,
      label: codes[row] as number,
      predicted: predicted[at]?.[k] as number,
    })),
  );
}

function labelsOf({ codes }: Evaluation, rows: readonly number[]): number[] {
  return rows.map((row) => codes[row] as number);
}

/** The voxels that the Plan's selection keeps by these scores; null keeps all. */
function selected({ plan }: Evaluation, scores: Float64Array | undefined): Int32Array | null {
  return plan.selection === null || scores === undefined ? null : highest(scores, plan.selection.voxels);
}

function keep(samples: Values, voxels: Int32Array | null): Values {
  return voxels === null ? samples : takeColumns(samples, voxels);
}

function meanOf(scores: readonly Float64Array[]): Float64Array {
  const first = scores[0] ?? new Float64Array();
  return first.map((_, at) => scores.reduce((sum, score) => sum + (score[at] as number), 0) / scores.length);
}
