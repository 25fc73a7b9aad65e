import type { MethodName } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { meanAccuracy } from "./accuracy.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import { codesOf, type Evaluation } from "./evaluation.ts";
import { classifyAgainTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { drawnLabelling } from "./labellings.ts";
import { mean } from "./mean-and-sem.ts";
import { labelsFor, learnersOf, type Question } from "./question.ts";

/** The methods whose accuracy is drawn anew. */
export const drawnMethods = ["within", "anatomical", "aligned"] as const satisfies readonly MethodName[];
export type DrawnMethod = (typeof drawnMethods)[number];

/** Mean accuracies of one draw; a method that predicted nothing is missing. */
export type DrawnAccuracies = Readonly<Partial<Record<DrawnMethod, number>>>;

/** A fold and what was asked in it. */
export interface Asked {
  readonly fold: Fold;
  readonly questions: readonly Question[];
}

/** Trains and tests again with labels drawn anew, what was selected and aligned as it was: accuracies draw by draw. */
export function* askAgain(
  evaluation: Evaluation,
  asked: readonly Asked[],
  draws: readonly number[],
): Staged<DrawnAccuracies[]> {
  const drawn = draws.map((draw) => drawnLabelling(evaluation, draw));
  const jobs = asked.flatMap(({ fold, questions }) =>
    questions.flatMap((question) =>
      learnersOf(evaluation, fold, question).map((learner) => ({
        question,
        learner,
        samples: testable(evaluation, question, learner.teachers),
      })),
    ),
  );
  const { classifier } = evaluation.plan;
  const rights = (yield jobs.map(({ question, learner }) =>
    classifyAgainTask({
      classifier,
      train: learner.teachers.map((at) => question.train[at] as Matrix),
      test: question.test[learner.subject] as Matrix,
      voxels: question.voxels,
      draws: drawn.map((own) => ({
        labels: labelsFor(own, question, learner),
        wanted: codesOf(own, learner.subject, question.testRows),
      })),
    }),
  )) as readonly Int32Array[];
  return draws.map((_, draw) => {
    const found: Partial<Record<DrawnMethod, number>> = {};
    for (const method of drawnMethods) {
      const counts = new Map<number, { right: number; all: number }>();
      for (const [at, { question, learner, samples }] of jobs.entries()) {
        if (question.method !== method) continue;
        const own = counts.get(learner.subject) ?? { right: 0, all: 0 };
        own.right += rights[at]?.[draw] as number;
        own.all += samples;
        counts.set(learner.subject, own);
      }
      const shares = [...counts.values()].map(({ right, all }) => right / all);
      if (shares.length > 0) found[method] = mean(shares);
    }
    return found;
  });
}

/** How many samples are tested: those of classes that are trained on, which draws within runs don't change. */
function testable(evaluation: Evaluation, question: Question, teachers: readonly number[]): number {
  const trained = new Set(teachers.flatMap((at) => codesOf(evaluation, at, question.trainRows)));
  return question.testRows.filter((row) => trained.has(evaluation.codes[row] as number)).length;
}

/** The accuracies of a draw, of what each fold predicts by it. */
export function drawnAccuracies(
  { subjects }: Evaluation,
  folds: readonly FoldOutcome["predictions"][],
): DrawnAccuracies {
  return Object.fromEntries(
    drawnMethods.flatMap((method) => {
      const all = folds.flatMap((predictions) => predictions[method]);
      return all.length === 0 ? [] : [[method, meanAccuracy(subjects, all)]];
    }),
  );
}
