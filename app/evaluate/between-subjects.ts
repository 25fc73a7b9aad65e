import type { Prediction } from "#app/contract/result.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { codesOf, type Evaluation } from "./evaluation.ts";
import { classifyTask, coursesTask, standardiseTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { type FoldRows, testedIn } from "./fold-rows.ts";
import type { CoursesScore } from "./held-out-courses.ts";

/** Rows of each subject, and those of the kind aligned on that give them their means and spreads. */
export interface RowsAndBlock {
  readonly rows: readonly Matrix[];
  readonly blocks: readonly Values[];
}

/** Rows of all subjects in columns that correspond. */
export interface CommonRows {
  /** The labelled rows to test, and all rows held out of the kind aligned on. */
  readonly held: RowsAndBlock;
  /** The labelled rows to learn from under scheme B; null under A, where they are the others' to test. */
  readonly learned: RowsAndBlock | null;
  /** How much each column counts; null where all count alike. */
  readonly weights: Float64Array | null;
}

export interface BetweenSubjects {
  readonly predictions: readonly Prediction[];
  /** Of each subject; null of those not tested. */
  readonly courses: readonly (CoursesScore | null)[];
}

/** What is measured between subjects, on anatomy and after alignment alike. */
export function* betweenSubjects(
  evaluation: Evaluation,
  fold: Fold,
  rows: FoldRows,
  { held, learned, weights }: CommonRows,
): Staged<BetweenSubjects> {
  const tested = testedIn(evaluation, fold);
  const standardised = function* ({ rows: all, blocks }: RowsAndBlock): Staged<readonly Matrix[]> {
    return (yield all.map((samples, at) =>
      standardiseTask({ samples, by: blocks[at] as Values, weights }),
    )) as readonly Matrix[];
  };
  const test = yield* standardised(held);
  const train = learned === null ? test : yield* standardised(learned);
  const trainRows = learned === null ? rows.held : rows.learned;
  const predictions = yield* leaveOneSubjectOut(evaluation, fold, {
    train,
    trainRows,
    test,
    testRows: rows.held,
    voxels: null,
  });
  const subjects = (yield held.blocks.map((own) =>
    standardiseTask({ samples: own, by: own, weights }),
  )) as readonly Matrix[];
  const segment = evaluation.plan.timeSegments?.length ?? null;
  const courses = (yield tested.map((subject) =>
    coursesTask({ subjects, subject, runLengths: rows.shownLengths, segment }),
  )) as readonly CoursesScore[];
  return { predictions, courses: subjects.map((_, at) => courses[tested.indexOf(at)] ?? null) };
}

interface LeaveOneOut {
  /** Row k of each subject's matrix is sample `trainRows[k]`, or `testRows[k]`. */
  readonly train: readonly Matrix[];
  readonly trainRows: readonly number[];
  readonly test: readonly Matrix[];
  readonly testRows: readonly number[];
  /** How many voxels are kept by ANOVA on the training rows; null keeps all. */
  readonly voxels: number | null;
}

/** Trains on all subjects but one and tests that one, each in turn that the fold tests. */
export function* leaveOneSubjectOut(
  evaluation: Evaluation,
  fold: Fold,
  { train, trainRows, test, testRows, voxels }: LeaveOneOut,
): Staged<readonly Prediction[]> {
  const subjects = testedIn(evaluation, fold);
  const learners = subjects.map((subject) => {
    const others = [...train.keys()].filter((at) => at !== subject);
    const labels = others.flatMap((at) => codesOf(evaluation, at, trainRows));
    return { subject, train: others.map((at) => train[at] as Matrix), labels };
  });
  return yield* predictions(
    evaluation,
    fold,
    testRows,
    learners.map((one) => ({ ...one, test: test[one.subject] as Matrix, voxels })),
  );
}

/** What one classifier learns from and is asked. */
export interface Learner {
  readonly subject: number;
  readonly train: readonly Matrix[];
  readonly labels: readonly number[];
  /** Row k is sample `testRows[k]`. */
  readonly test: Matrix;
  readonly voxels: number | null;
}

/**
 * The predictions of classifiers, one a subject tested. A sample whose class was not trained on is left out: no classifier
 * could name it.
 */
export function* predictions(
  evaluation: Evaluation,
  fold: Fold,
  testRows: readonly number[],
  learners: readonly Learner[],
): Staged<readonly Prediction[]> {
  const able = testRows.length === 0 ? [] : learners.filter(({ labels }) => labels.length > 0);
  const found = (yield able.map(({ train, labels, test, voxels }) =>
    classifyTask({ classifier: evaluation.plan.classifier, train, labels, test, voxels }),
  )) as readonly (readonly number[])[];
  return able.flatMap(({ subject, labels }, at) => {
    const trained = new Set(labels);
    const own = codesOf(evaluation, subject, testRows);
    return testRows.flatMap((row, k) => {
      const label = own[k] as number;
      if (!trained.has(label)) return [];
      const name = evaluation.subjects[subject] as string;
      return [{ fold: fold.id, subject: name, row, label, predicted: found[at]?.[k] as number }];
    });
  });
}
