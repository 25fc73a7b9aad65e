import type { EvaluationResult } from "#app/contract/result.ts";
import { pWords } from "#app/contract/result-sentence.ts";
import type { Permutations } from "#app/contract/statistics.ts";
import type { FoldOutcome } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { permutationsOf, sureOf } from "#app/evaluate/permutations.ts";
import { askAgain, type DrawnAccuracies, drawWhole } from "#app/evaluate/redraw.ts";
import type { Folding } from "./run-folds.ts";

/** So many draws are made before it is looked at what they say: the same whatever the number of workers. */
const ROUND = 50;

/**
 * Draws labels anew as often as the Plan asks, round by round; null where it does not ask. Rounds that are done are kept as
 * steps. What p has become is told on the way.
 */
export async function drawLabels(
  evaluation: Evaluation,
  outcomes: readonly FoldOutcome[],
  result: EvaluationResult,
  folding: Folding,
): Promise<Permutations | null> {
  const settings = evaluation.plan.statistics.permutations;
  if (settings === null) return null;
  const { meter, steps } = folding;
  meter.begin("draw labels", settings.count);
  const draws: DrawnAccuracies[] = [];
  let found = permutationsOf(settings, result, draws);
  while (draws.length < settings.count) {
    const count = Math.min(ROUND, settings.count - draws.length);
    const round = Array.from({ length: count }, (_, at) => draws.length + at);
    const step = `draws ${draws.length} to ${draws.length + count}`;
    const kept = (await steps.read(step)) as DrawnAccuracies[] | null;
    const made = kept ?? (await oneRound(evaluation, outcomes, round, folding));
    if (kept === null) await steps.keep(step, made);
    draws.push(...made);
    found = permutationsOf(settings, result, draws);
    meter.set(draws.length, settings.count);
    meter.note(found.aligned === undefined ? null : pWords(found.aligned));
    if (settings.stopEarly && sureOf(found)) break;
  }
  return found;
}

async function oneRound(
  evaluation: Evaluation,
  outcomes: readonly FoldOutcome[],
  round: readonly number[],
  { pool, signal, method, space }: Folding,
): Promise<DrawnAccuracies[]> {
  if (evaluation.plan.statistics.permutations?.repeat === "classifier") {
    const asked = evaluation.folds.map((fold, at) => ({ fold, questions: outcomes[at]?.questions ?? [] }));
    return pool.drive(askAgain(evaluation, asked, round), { signal });
  }
  const align = method.align(space);
  const made: DrawnAccuracies[] = [];
  const waiting = round.entries();
  const lane = async () => {
    for (const [at, draw] of waiting)
      made[at] = await pool.drive(drawWhole(evaluation, align, draw), { signal });
  };
  await Promise.all(Array.from({ length: pool.size + 1 }, lane));
  return made;
}
