import type { ConditionFit } from "#app/contract/condition-fit.ts";
import { percent } from "#renderer/parts/numbers.ts";

/** What a comparison found, and what it rests on. */
export function fitSentence({
  rows,
  accuracy,
  chance,
  fitRuns,
  patternRuns,
  claim,
  conditions,
}: ConditionFit): string {
  const flat = rows.filter(({ scores }) => scores === null).length;
  return [
    accuracy === null
      ? `${rows.length} samples were compared with ${conditions.length} conditions; they have no labels to hold that against.`
      : `${percent(accuracy)} of the labelled samples fit their own condition best; chance is ${percent(chance)}.`,
    `The space was fitted on ${fitRuns.join(", ")} (${claim}); the conditions are the other subjects' mean patterns in ${patternRuns.join(", ")}.`,
    flat === 0 ? "" : `${flat} samples do not vary over the space's columns and have no scores.`,
  ]
    .filter(Boolean)
    .join(" ");
}
