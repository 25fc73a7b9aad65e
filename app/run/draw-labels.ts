import type { EvaluationResult } from "#app/contract/result.ts";
import { pWords } from "#app/contract/result-sentence.ts";
import type { Permutations } from "#app/contract/statistics.ts";
import type { FoldOutcome } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { allLabellings } from "#app/evaluate/labellings.ts";
import { permutationsOf, sureOf } from "#app/evaluate/permutations.ts";
import { askAgain, type DrawnAccuracies, drawnAccuracies } from "#app/evaluate/redraw.ts";
import type { Staged, TaskRunner } from "#app/linalg/task.ts";
import { drawFoldTask } from "./draw-fold.ts";
import type { Folding } from "./run-folds.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

/** What draws are made with. */
type Drawing = Omit<Folding, "method" | "pool"> & { readonly pool: TaskRunner };

/** So many draws are made before it is looked at what they say: the same whatever the number of workers. */
const ROUND = 50;

/**
 * Draws labels anew as often as the Plan asks, round by round, or tries all labellings where they are no more; null where it
 * does not ask. Rounds that are done are kept as
 * steps. What p has become is told on the way.
 */
export async function drawLabels(
  evaluation: Evaluation,
  outcomes: readonly FoldOutcome[],
  result: EvaluationResult,
  folding: Drawing,
): Promise<Permutations | null> {
  const settings = evaluation.plan.statistics.permutations;
  if (settings === null) return null;
  const { meter, steps } = folding;
  const all = allLabellings(evaluation);
  const most = all ?? settings.count;
  meter.begin("draw labels", most);
  const draws: DrawnAccuracies[] = [];
  let found = permutationsOf(settings, result, draws, false);
  while (draws.length < most) {
    const count = Math.min(ROUND, most - draws.length);
    const round = Array.from({ length: count }, (_, at) => draws.length + at);
    const step = `draws ${draws.length} to ${draws.length + count}`;
    const kept = (await steps.read(step)) as DrawnAccuracies[] | null;
    const made = kept ?? (await oneRound(evaluation, outcomes, round, folding));
    if (kept === null) await steps.keep(step, made);
    draws.push(...made);
    found = permutationsOf(settings, result, draws, draws.length === all);
    meter.set(draws.length, most);
    meter.note(found.aligned === undefined ? null : pWords(found.aligned));
    // Some of all, in order, are no sample of them.
    if (all === null && settings.stopEarly && sureOf(found)) break;
  }
  return found;
}

async function oneRound(
  evaluation: Evaluation,
  outcomes: readonly FoldOutcome[],
  round: readonly number[],
  { pool, signal, space }: Drawing,
): Promise<DrawnAccuracies[]> {
  const { folds, plan } = evaluation;
  const asked = folds.map((fold, at) => ({ fold, questions: outcomes[at]?.questions ?? [] }));
  const staged =
    plan.statistics.permutations?.repeat === "classifier"
      ? askAgain(evaluation, asked, round)
      : drawWhole(evaluation, space, round);
  return pool.drive(staged, { signal });
}

/** Does all again with labels drawn anew, selection and alignment too: accuracies draw by draw. */
export function* drawWhole(
  evaluation: Evaluation,
  space: VoxelGrid,
  draws: readonly number[],
): Staged<DrawnAccuracies[]> {
  const { folds } = evaluation;
  const found = (yield draws.flatMap((draw) =>
    folds.map((_, fold) => drawFoldTask({ evaluation, space, fold, draw })),
  )) as readonly FoldOutcome["predictions"][];
  return draws.map((_, at) =>
    drawnAccuracies(evaluation, found.slice(at * folds.length, (at + 1) * folds.length)),
  );
}
