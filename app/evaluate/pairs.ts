import { type EvaluationResult, type MethodName, methodNames } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { codesOf, type Evaluation } from "./evaluation.ts";
import { pairsTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { mean, meanAndSem } from "./mean-and-sem.ts";
import { labelsFor, learnersOf, type Question } from "./question.ts";
import type { PairCount } from "./tell-pairs-apart.ts";

/** The pairs of one subject by one method. */
export interface SubjectPairs {
  readonly method: MethodName;
  readonly subject: number;
  readonly counts: readonly PairCount[];
}

/** Of what was asked in a fold, every pair of conditions on its own: subject by subject. */
export function* pairsApart(
  evaluation: Evaluation,
  fold: Fold,
  questions: readonly Question[],
): Staged<readonly SubjectPairs[]> {
  const jobs = questions.flatMap((question) =>
    learnersOf(evaluation, fold, question).map((learner) => ({ question, learner })),
  );
  const found = (yield jobs.map(({ question, learner }) =>
    pairsTask({
      classifier: evaluation.plan.classifier,
      train: learner.teachers.map((teacher) => question.train[teacher] as Matrix),
      labels: labelsFor(evaluation, question, learner),
      test: question.test[learner.subject] as Matrix,
      wanted: codesOf(evaluation, learner.subject, question.testRows),
      voxels: question.voxels,
    }),
  )) as readonly PairCount[][];
  return jobs.map(({ question, learner }, at) => ({
    method: question.method,
    subject: learner.subject,
    counts: found[at] as PairCount[],
  }));
}

/** Accuracies of pairs over all folds; null where they were not asked for. */
export function pairsSummary(
  { classes, subjects }: Evaluation,
  folds: readonly (readonly SubjectPairs[])[],
): EvaluationResult["pairs"] {
  const all = folds.flat();
  const made = methodNames.filter((method) => all.some((one) => one.method === method));
  if (made.length === 0) return null;
  return Object.fromEntries(
    made.map((method) => {
      const own = all.filter((one) => one.method === method);
      const perSubject = subjects.map((subject, at) => {
        const shares = sharesOf(
          own.filter((one) => one.subject === at).flatMap(({ counts }) => counts),
          classes.length,
        );
        return { subject, shares, score: mean([...shares.values()]) };
      });
      const table = classes.map((_, a) =>
        classes.map((__, b) => {
          const key = Math.min(a, b) * classes.length + Math.max(a, b);
          const shares = perSubject.flatMap(({ shares: found }) => found.get(key) ?? []);
          return a === b || shares.length === 0 ? null : mean(shares);
        }),
      );
      const scores = perSubject.map(({ subject, score }) => ({ subject, score }));
      return [method, { ...meanAndSem(scores.map(({ score }) => score)), perSubject: scores, table }];
    }),
  );
}

/** Of each pair, numbered by both classes, the share of samples that was right. */
function sharesOf(counts: readonly PairCount[], classes: number): Map<number, number> {
  const sums = new Map<number, { right: number; all: number }>();
  for (const { pair, right, all } of counts) {
    const key = pair[0] * classes + pair[1];
    const own = sums.get(key) ?? { right: 0, all: 0 };
    sums.set(key, { right: own.right + right, all: own.all + all });
  }
  return new Map([...sums].map(([key, { right, all }]) => [key, right / all]));
}
