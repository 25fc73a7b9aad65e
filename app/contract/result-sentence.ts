import type { EvaluationResult } from "./result.ts";

/** The result in one or two sentences. What is said to differ differs as it is written. */
export function resultSentence({ accuracy, chance, reason }: EvaluationResult): string {
  const { anatomical, aligned } = accuracy;
  const end = `chance is ${percent(chance)}.`;
  const start = "Between-subject classification";
  if (anatomical === null && aligned === null) return `Nothing was classified between subjects; ${end}`;
  if (anatomical === null) return `${start} reaches ${percent(aligned?.mean ?? 0)} after alignment; ${end}`;
  const before = percent(anatomical.mean);
  if (aligned === null) {
    const plain = `${start} reaches ${before} on anatomy; ${end}`;
    return reason.aligned === undefined ? plain : `${plain} ${reason.aligned}`;
  }
  const after = percent(aligned.mean);
  if (before === after) return `${start} is ${after} on anatomy and after alignment; ${end}`;
  const verb = aligned.mean > anatomical.mean ? "rises" : "falls";
  return `${start} ${verb} from ${before} on anatomy to ${after} after alignment; ${end}`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
