import type { EvaluationResult } from "./result.ts";

/** Differences below this many percentage points are no difference in the words. */
const SAME_POINTS = 0.05;

/** The result in one or two sentences. */
export function resultSentence({ accuracy, chance, reason }: EvaluationResult): string {
  const { anatomical, aligned } = accuracy;
  const points = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;
  const end = `chance is ${points(chance)}.`;
  if (anatomical === null) return `Nothing was classified between subjects; ${end}`;
  const plain = `Between-subject classification reaches ${points(anatomical.mean)} on anatomy; ${end}`;
  if (aligned === null) return reason.aligned === undefined ? plain : `${plain} ${reason.aligned}`;
  const gain = 100 * (aligned.mean - anatomical.mean);
  if (Math.abs(gain) < SAME_POINTS)
    return `Between-subject classification is ${points(aligned.mean)} on anatomy and after alignment; ${end}`;
  const verb = gain > 0 ? "rises" : "falls";
  return `Between-subject classification ${verb} from ${points(anatomical.mean)} on anatomy to ${points(aligned.mean)} after alignment; ${end}`;
}
