import type { Choice, FitCourse, MethodName, Prediction } from "#app/contract/result.ts";
import { type Matrix, single, take, takeColumns, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists, range } from "#app/linalg/vector.ts";
import type { AlignMethod, Moved } from "./align-method.ts";
import {
  type BetweenSubjects,
  betweenSubjects,
  type CommonRows,
  leaveOneSubjectOut,
  predictions,
} from "./between-subjects.ts";
import { codedRows, codesOf, type Evaluation, labelsOf, rowsIn } from "./evaluation.ts";
import { anovaTask, viewTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { cutsRuns, type FoldRows, rowsOfFold, scaledByPart, testedIn } from "./fold-rows.ts";

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
    readonly anatomical: BetweenSubjects["courses"];
    readonly aligned: BetweenSubjects["courses"];
  } | null;
}

/** A fold under way: its samples, its rows and the voxels' scores. */
interface Round {
  readonly evaluation: Evaluation;
  readonly fold: Fold;
  readonly rows: FoldRows;
  /** Each subject's F by voxel on the fold's labelled rows to fit on; null where no selection is asked for. */
  readonly scores: readonly Float64Array[] | null;
}

/**
 * One fold: within subjects, between them on anatomy, and between them after alignment. Order (algorithms.md §12):
 * samples z-scored per part of a run → selection → alignment → apply → z-score per subject and test block → classify. The
 * last z-score takes means and spreads from the block's rows of the kind that is aligned on (docs/decisions/0005).
 */
export function* evaluateFold(whole: Evaluation, fold: Fold, alignMethod: AlignMethod): Staged<FoldOutcome> {
  if (whole.plan.protocol.name === "leave-one-subject-out") return yield* acrossAllRows(whole, fold);
  const evaluation = yield* scaledByPart(whole, fold);
  const rows = rowsOfFold(evaluation, fold);
  const scores = yield* selectionScores(evaluation, rows);
  const round: Round = { evaluation, fold, rows, scores };
  const within = yield* withinSubjects(round);
  const anatomical = yield* onAnatomy(round);
  const aligned = yield* afterAlignment(round, alignMethod);
  return {
    fold: fold.id,
    predictions: { within, anatomical: anatomical.predictions, aligned: aligned.predictions },
    reason: reasons(round, within),
    heldOut: aligned.heldOut,
    choice: aligned.choice,
    fitCourse: aligned.fitCourse,
    courses: { anatomical: anatomical.courses, aligned: aligned.courses },
  };
}

/** How many tasks a fold takes at most, those of the method's fit among them. */
export function tasksOfFold(evaluation: Evaluation, fold: Fold, tasksOfFit: number): number {
  const { plan, subjects } = evaluation;
  const n = subjects.length;
  const tested = testedIn(evaluation, fold).length;
  if (plan.protocol.name === "leave-one-subject-out") return n;
  // Within: classify. Anatomical and aligned: compare courses, classify, and standardise two kinds of rows, under scheme B
  // three. Apply. Of components: their regression, and two kinds of rows to look at.
  const before = (cutsRuns(evaluation, fold) ? 1 : 0) + (plan.selection === null ? 0 : 1);
  return (before + (fold.scheme === "B" ? 6 : 4) + 4) * n + 5 * tested + tasksOfFit;
}

function* selectionScores(evaluation: Evaluation, { learned }: FoldRows): Staged<Round["scores"]> {
  const { plan, classify } = evaluation;
  if (plan.selection === null) return null;
  return (yield classify.subjects.map((samples, at) =>
    anovaTask({ samples: takeRows(samples, learned), labels: codesOf(evaluation, at, learned) }),
  )) as readonly Float64Array[];
}

function* withinSubjects({ evaluation, fold, rows, scores }: Round): Staged<readonly Prediction[]> {
  const learners = testedIn(evaluation, fold).map((subject) => {
    const own = keep(
      evaluation.classify.subjects[subject] as Values,
      selected(evaluation, scores?.[subject]),
    );
    return {
      subject,
      train: [takeRows(own, rows.learned)],
      labels: codesOf(evaluation, subject, rows.learned),
      test: takeRows(own, rows.held),
      voxels: null,
    };
  });
  return yield* predictions(evaluation, fold, rows.held, learners);
}

/** Why nothing was predicted that rests on labelled rows of the runs to fit on, in a fold that has rows to test. */
function reasons({ fold, rows }: Round, within: readonly Prediction[]): FoldOutcome["reason"] {
  if (within.length > 0 || rows.held.length === 0) return {};
  const why = "The runs to fit on share no condition with the runs to test on.";
  return fold.scheme === "A" ? { within: why } : { within: why, anatomical: why, aligned: why };
}

/** On one set of voxels for all: those with the highest mean F on the rows to fit on, over the subjects who make the space. */
function* onAnatomy({ evaluation, fold, rows, scores }: Round): Staged<BetweenSubjects> {
  const { align, classify, subjects } = evaluation;
  const makers = scores?.filter((_, at) => subjects[at] !== fold.newcomer);
  const kept = selected(evaluation, makers === undefined ? undefined : meanOfLists(makers));
  const chosen = (samples: readonly Values[], wanted: readonly number[]) =>
    samples.map((own) => takeRows(keep(own, kept), wanted));
  const of = (labelled: readonly number[], block: readonly number[]) => ({
    rows: chosen(classify.subjects, labelled),
    blocks: chosen(align.subjects, block).map(single),
  });
  return yield* betweenSubjects(evaluation, fold, rows, {
    held: of(rows.held, rows.shown),
    learned: fold.scheme === "A" ? null : of(rows.learned, rows.fitted),
    weights: null,
  });
}

function* afterAlignment(
  { evaluation, fold, rows, scores }: Round,
  alignMethod: AlignMethod,
): Staged<BetweenSubjects & Pick<FoldOutcome, "choice" | "fitCourse"> & { readonly heldOut: HeldOut }> {
  const { align, classify, subjects } = evaluation;
  const voxels = align.subjects.map(
    ({ columns }, at) => selected(evaluation, scores?.[at]) ?? range(0, columns),
  );
  const chosen = (samples: readonly Values[], wanted: readonly number[], at: number) =>
    take(samples[at] as Values, wanted, voxels[at] as Int32Array);
  const aligned = yield* alignMethod({
    samples: align.subjects.map((_, at) => chosen(align.subjects, rows.fitted, at)),
    voxels,
    runLengths: rows.fittedLengths,
    leftOut: fold.newcomer === null ? null : subjects.indexOf(fold.newcomer),
    labelled: (at) => {
      const labelled = codedRows(labelsOf(evaluation, at), rowsIn(classify, fold.fit));
      return {
        samples: chosen(classify.subjects, labelled.rows, at),
        codes: labelled.codes,
        runs: fold.fit.flatMap((part, number) => {
          const own = new Set(rowsIn(classify, [part]));
          return labelled.rows.filter((row) => own.has(row)).map(() => number);
        }),
      };
    },
    held: (at) => {
      const of = (labelled: readonly number[], block: readonly number[]): Values[] => [
        chosen(classify.subjects, labelled, at),
        single(chosen(align.subjects, block, at)),
      ];
      const held = of(rows.held, rows.shown);
      return fold.scheme === "A" ? held : [...held, ...of(rows.learned, rows.fitted)];
    },
  });
  const moved = (first: number) => ({
    rows: aligned.moved.map((own) => own[first] as Matrix),
    blocks: aligned.moved.map((own) => own[first + 1] as Values),
  });
  const common: CommonRows = {
    held: moved(0),
    learned: fold.scheme === "A" ? null : moved(2),
    weights: aligned.weights,
  };
  const found = yield* betweenSubjects(evaluation, fold, rows, common);
  const { choice, course: fitCourse } = aligned;
  return { ...found, choice, fitCourse, heldOut: yield* inVoxels(aligned, common) };
}

/** The rows to look at. Those in voxels are shown as they came; components are z-scored, weighted and brought back. */
function* inVoxels({ voxels, projection, weights }: Moved, { held }: CommonRows): Staged<HeldOut> {
  if (projection === null) {
    return {
      voxels,
      classified: held.rows.map(({ data }) => Float32Array.from(data)),
      shown: held.blocks.map(({ data }) => Float32Array.from(data)),
    };
  }
  const brought = function* (rows: readonly Values[]): Staged<readonly Float32Array[]> {
    const tasks = rows.map((samples, at) =>
      viewTask({ samples, by: held.blocks[at] as Values, weights, projection }),
    );
    return ((yield tasks) as readonly Values[]).map(({ data }) => Float32Array.from(data));
  };
  return { voxels, classified: yield* brought(held.rows), shown: yield* brought(held.blocks) };
}

/** Leave one subject out over all rows, selection on the stacked rows of the others: PyMVPA's anatomical baseline. */
function* acrossAllRows(evaluation: Evaluation, fold: Fold): Staged<FoldOutcome> {
  const { held } = rowsOfFold(evaluation, fold);
  const samples = evaluation.classify.subjects.map((own) => takeRows(own, held));
  const anatomical = yield* leaveOneSubjectOut(evaluation, fold, {
    train: samples,
    trainRows: held,
    test: samples,
    testRows: held,
    voxels: evaluation.plan.selection?.voxels ?? null,
  });
  return {
    fold: fold.id,
    predictions: { within: [], anatomical, aligned: [] },
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

/** The voxels that the Plan's selection keeps by these scores; null keeps all. */
function selected({ plan }: Evaluation, scores: Float64Array | undefined): Int32Array | null {
  return plan.selection === null || scores === undefined ? null : highest(scores, plan.selection.voxels);
}

function keep(samples: Values, voxels: Int32Array | null): Values {
  return voxels === null ? samples : takeColumns(samples, voxels);
}
