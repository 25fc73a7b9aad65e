import type { Similarity, SimilaritySide } from "#app/contract/similarity.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { FoldOutcome } from "../evaluate-fold.ts";
import type { Evaluation } from "../evaluation.ts";
import { similarityTask } from "../evaluation-tasks.ts";
import type { ModelTriangle, Patterns } from "./similarity.ts";

/** How alike patterns of conditions are before and after alignment, over all folds; null where none was aligned. */
export function* similarities(
  { classes, plan }: Evaluation,
  outcomes: readonly FoldOutcome[],
  models: readonly ModelTriangle[] = [],
): Staged<Similarity | null> {
  const found = outcomes.flatMap(({ patterns }) => (patterns === null ? [] : [patterns]));
  if (found.length === 0) return null;
  const of = (folds: readonly Patterns[]) => similarityTask({ folds, classes: classes.length, models });
  const [anatomical, aligned] = (yield [
    of(found.map((fold) => fold.anatomical)),
    of(found.map((fold) => fold.aligned)),
  ]) as readonly [SimilaritySide, SimilaritySide];
  return { dissimilarity: plan.similarity.dissimilarity, anatomical, aligned };
}
