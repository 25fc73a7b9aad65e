import { copied, type Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { standardised } from "./between-subjects.ts";
import { codesOf } from "./evaluation.ts";
import { dissimilarityTask, patternsTask } from "./evaluation-tasks.ts";
import type { Question } from "./question.ts";
import type { CommonRows, Round } from "./round.ts";
import type { Patterns } from "./rsa/similarity.ts";

/** How a fold's patterns of conditions compare. In memory of its own, as a step is kept: threads share theirs. */
export function* patternsOf(
  { evaluation, rows }: Round,
  { test, testRows }: Question,
  { learned, weights }: CommonRows,
): Staged<Patterns> {
  const { subjects, classes, plan } = evaluation;
  const codes = subjects.map((_, at) => codesOf(evaluation, at, testRows));
  const [correlations] = (yield [
    patternsTask({ subjects: test, codes, classes: classes.length }),
  ]) as readonly [Matrix];
  const measure = plan.similarity.dissimilarity;
  if (measure === "correlation") return { correlations: copied(correlations), dissimilarities: null };
  const other = learned === null ? null : yield* standardised(learned, weights);
  const found = (yield subjects.map((_, at) =>
    dissimilarityTask({
      measure,
      held: { samples: test[at] as Matrix, codes: codes[at] as number[] },
      learned: other && { samples: other[at] as Matrix, codes: codesOf(evaluation, at, rows.learned) },
      classes: classes.length,
    }),
  )) as readonly Matrix[];
  return { correlations: copied(correlations), dissimilarities: found.map(copied) };
}
