import type { MethodName, Prediction } from "#app/contract/result.ts";
import { copied, type Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { codesOf, type Evaluation } from "./evaluation.ts";
import { classifyTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { testedIn } from "./fold-rows.ts";

/** What the classifiers of one method learn from in a fold and what they are asked. */
export interface Question {
  readonly method: MethodName;
  /** Whether a subject's classifier learns from their own samples or from all the others'. */
  readonly from: "own" | "others";
  /** Of each subject; row k is sample `trainRows[k]`, or `testRows[k]`. */
  readonly train: readonly Matrix[];
  readonly trainRows: readonly number[];
  readonly test: readonly Matrix[];
  readonly testRows: readonly number[];
  /** How many voxels are kept by ANOVA on the training samples; null keeps all. */
  readonly voxels: number | null;
}

/** One classifier: the subject tested, and whose samples it learns from, by number. */
export interface Learner {
  readonly subject: number;
  readonly teachers: readonly number[];
}

/** The classifiers that a question asks, one a subject tested; none where there is nothing to learn from or to test. */
export function learnersOf(
  evaluation: Evaluation,
  fold: Fold,
  { from, train, trainRows, testRows }: Question,
): Learner[] {
  if (trainRows.length === 0 || testRows.length === 0) return [];
  return testedIn(evaluation, fold).map((subject) => ({
    subject,
    teachers: from === "own" ? [subject] : [...train.keys()].filter((at) => at !== subject),
  }));
}

/** The labels that a classifier learns from, in the order of its samples. */
export function labelsFor(evaluation: Evaluation, { trainRows }: Question, { teachers }: Learner): number[] {
  return teachers.flatMap((at) => codesOf(evaluation, at, trainRows));
}

/**
 * The answers. A sample whose class a classifier was not trained on is left out: it could not name it.
 */
export function* answers(
  evaluation: Evaluation,
  fold: Fold,
  question: Question,
): Staged<readonly Prediction[]> {
  const { train, test, testRows, voxels } = question;
  const { classifier } = evaluation.plan;
  const learners = learnersOf(evaluation, fold, question);
  const labels = learners.map((learner) => labelsFor(evaluation, question, learner));
  const found = (yield learners.map(({ subject, teachers }, at) =>
    classifyTask({
      classifier,
      train: teachers.map((teacher) => train[teacher] as Matrix),
      labels: labels[at] as number[],
      test: test[subject] as Matrix,
      voxels,
    }),
  )) as readonly (readonly number[])[];
  return learners.flatMap(({ subject }, at) => {
    const trained = new Set(labels[at]);
    const own = codesOf(evaluation, subject, testRows);
    return testRows.flatMap((row, k) => {
      const label = own[k] as number;
      if (!trained.has(label)) return [];
      const name = evaluation.subjects[subject] as string;
      return [{ fold: fold.id, subject: name, row, label, predicted: found[at]?.[k] as number }];
    });
  });
}

/** The same in memory of its own, as a step is kept: threads share theirs. */
export function keptQuestion(question: Question): Question {
  return { ...question, train: question.train.map(copied), test: question.test.map(copied) };
}
