import type { Choice, FitCourse, MethodName, Prediction } from "#app/contract/result.ts";
import { type Matrix, single, take, takeColumns, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists } from "#app/linalg/vector.ts";
import type { AlignMethod, Moved } from "./align-method.ts";
import { codedRows, type Evaluation, labelledRows, rowsOf } from "./evaluation.ts";
import { anovaTask, classifyTask, coursesTask, standardiseTask, viewTask } from "./evaluation-tasks.ts";
import type { Fold } from "./folds.ts";
import type { CoursesScore } from "./held-out-courses.ts";

/** What alignment made of a fold's held-out rows, to look at: rows × voxels of each subject. */
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
  /** How the method's parameters were chosen inside the fold. */
  readonly choice: Choice | null;
  readonly fitCourse: FitCourse | null;
  /** By subject, of the rows of the kind aligned on; null where nothing was aligned. */
  readonly courses: {
    readonly anatomical: readonly CoursesScore[];
    readonly aligned: readonly CoursesScore[];
  } | null;
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
  const aligned = yield* afterAlignment(evaluation, fold, scores, alignMethod);
  return {
    fold: fold.id,
    predictions: {
      within: within ?? [],
      anatomical: anatomical.predictions,
      aligned: aligned.predictions,
    },
    reason:
      within === null ? { within: "The runs to fit on share no condition with the runs to test on." } : {},
    heldOut: aligned.heldOut,
    choice: aligned.choice,
    fitCourse: aligned.fitCourse,
    courses: { anatomical: anatomical.courses, aligned: aligned.courses },
  };
}

/** How many tasks a fold takes at most, those of the method's fit among them. */
export function tasksOfFold({ plan, subjects }: Evaluation, tasksOfFit: number): number {
  const n = subjects.length;
  if (plan.protocol.name === "leave-one-subject-out") return n;
  // Within: classify. Anatomical and aligned: standardise two kinds of rows, compare courses, classify. Apply. Of
  // components: their regression, and two kinds of rows to look at.
  return (plan.selection === null ? 13 : 14) * n + tasksOfFit;
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

interface BetweenSubjects {
  readonly predictions: readonly Prediction[];
  readonly courses: readonly CoursesScore[];
}

/** On one set of voxels for all subjects: those with the highest mean F over subjects on the rows aligned on. */
function* onAnatomy(evaluation: Evaluation, fold: Fold, scores: Scores): Staged<BetweenSubjects> {
  const { align, classify } = evaluation;
  const held = labelledRows(evaluation, fold.testRuns);
  const block = rowsOf(align.runs, fold.testRuns);
  const kept = selected(evaluation, scores === null ? undefined : meanOfLists(scores));
  const chosen = (samples: readonly Values[], rows: readonly number[]) =>
    samples.map((own) => takeRows(keep(own, kept), rows));
  return yield* betweenSubjects(evaluation, fold, {
    classified: chosen(classify.subjects, held),
    blocks: chosen(align.subjects, block).map(single),
    weights: null,
  });
}

function* afterAlignment(
  evaluation: Evaluation,
  fold: Fold,
  scores: Scores,
  alignMethod: AlignMethod,
): Staged<BetweenSubjects & Pick<FoldOutcome, "choice" | "fitCourse"> & { readonly heldOut: HeldOut }> {
  const { align, classify } = evaluation;
  const fitted = rowsOf(align.runs, fold.alignRuns);
  const { rows: labelled, codes } = codedRows(classify, fold.alignRuns);
  const shown = rowsOf(align.runs, fold.testRuns);
  const held = labelledRows(evaluation, fold.testRuns);
  const voxels = align.subjects.map(
    ({ columns }, at) =>
      selected(evaluation, scores?.[at]) ?? Int32Array.from({ length: columns }, (_, v) => v),
  );
  const chosen = (samples: readonly Values[], rows: readonly number[], at: number) =>
    take(samples[at] as Values, rows, voxels[at] as Int32Array);
  const aligned = yield* alignMethod({
    samples: align.subjects.map((_, at) => chosen(align.subjects, fitted, at)),
    voxels,
    runLengths: lengthsOf(evaluation, fold.alignRuns),
    labelled: (at) => ({
      samples: chosen(classify.subjects, labelled, at),
      codes,
      runs: labelled.map((row) => fold.alignRuns.indexOf(classify.runs[row] as string)),
    }),
    held: (at) => [chosen(classify.subjects, held, at), single(chosen(align.subjects, shown, at))],
  });
  const rows = {
    classified: aligned.moved.map(([own]) => own as Matrix),
    blocks: aligned.moved.map(([, block]) => block as Values),
    weights: aligned.weights,
  };
  const found = yield* betweenSubjects(evaluation, fold, rows);
  const { choice, course: fitCourse } = aligned;
  return { ...found, choice, fitCourse, heldOut: yield* inVoxels(aligned, rows) };
}

/** Held-out rows of each subject in columns that correspond: the labelled ones, and all of the kind aligned on. */
interface HeldRows {
  readonly classified: readonly Matrix[];
  readonly blocks: readonly Values[];
  readonly weights: Float64Array | null;
}

/** What is measured between subjects, on anatomy and after alignment alike. */
function* betweenSubjects(
  evaluation: Evaluation,
  fold: Fold,
  { classified, blocks, weights }: HeldRows,
): Staged<BetweenSubjects> {
  const samples = (yield classified.map((own, at) =>
    standardiseTask({ samples: own, by: blocks[at] as Values, weights }),
  )) as readonly Matrix[];
  const held = labelledRows(evaluation, fold.testRuns);
  const predictions = yield* leaveOneSubjectOut(evaluation, fold, samples, held, null);
  const subjects = (yield blocks.map((own) =>
    standardiseTask({ samples: own, by: own, weights }),
  )) as readonly Matrix[];
  const runLengths = lengthsOf(evaluation, fold.testRuns);
  const segment = evaluation.plan.timeSegments?.length ?? null;
  const courses = (yield subjects.map((_, subject) =>
    coursesTask({ subjects, subject, runLengths, segment }),
  )) as readonly CoursesScore[];
  return { predictions, courses };
}

/** How many rows to align on these runs have. */
function lengthsOf({ align }: Evaluation, runs: readonly string[]): number[] {
  return runs.map((run) => rowsOf(align.runs, [run]).length);
}

/** The rows to look at. Those in voxels are shown as they came; components are z-scored, weighted and brought back. */
function* inVoxels(
  { voxels, projection, weights }: Moved,
  { classified, blocks }: HeldRows,
): Staged<HeldOut> {
  if (projection === null) {
    return {
      voxels,
      classified: classified.map(({ data }) => Float32Array.from(data)),
      shown: blocks.map(({ data }) => Float32Array.from(data)),
    };
  }
  const brought = function* (rows: readonly Values[]): Staged<readonly Float32Array[]> {
    const tasks = rows.map((samples, at) =>
      viewTask({ samples, by: blocks[at] as Values, weights, projection }),
    );
    return ((yield tasks) as readonly Values[]).map(({ data }) => Float32Array.from(data));
  };
  return { voxels, classified: yield* brought(classified), shown: yield* brought(blocks) };
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
    choice: null,
    fitCourse: null,
    courses: null,
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
