import type { ConditionFit } from "./condition-fit.ts";
import { parameterWords } from "./parameter-words.ts";
import { percent } from "./percent.ts";
import type { EvaluationResult } from "./result.ts";
import { type Drawn, type IscFound, iscTestLabels } from "./statistics.ts";

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

/** "p = .012 (.004 to .03 by 99 %)": what labels drawn anew say, and how sure it is where not all were tried. */
export function pWords({ p, interval: [low, high] }: Pick<Drawn, "p" | "interval">): string {
  if (low === high) return equals(p);
  return `${equals(p)} (${shortP(low)} to ${shortP(high)} with 99 % confidence)`;
}

/** Two digits that count: ".0042"; less than a ten-thousandth says so. */
export function shortP(p: number): string {
  if (p <= 0) return "0";
  if (p < 1e-4) return "< .0001";
  const digits = p >= 0.1 ? 2 : p >= 0.01 ? 3 : 4;
  return p.toFixed(digits).replace(/^0\./, ".");
}

/** What labels drawn anew say of the result; "" where none were. */
export function permutationSentence({ permutations }: EvaluationResult): string {
  if (permutations === null) return "";
  const { aligned, anatomical, difference, done, exact } = permutations;
  const told = [
    ...(aligned === undefined ? [] : [`${equals(aligned.p)} after alignment`]),
    ...(anatomical === undefined ? [] : [`${equals(anatomical.p)} on anatomy`]),
    ...(difference === undefined ? [] : [`${equals(difference.p)} for the gain`]),
  ];
  const draws = done.toLocaleString("en");
  return `By ${exact ? `all ${draws} labellings` : `${draws} draws of the labels`}, ${told.join(", ")}.`;
}

function equals(p: number): string {
  const short = shortP(p);
  return short.startsWith("<") ? `p\u00a0${short}` : `p\u00a0=\u00a0${short}`;
}

/** How many voxels correlate between subjects more than by chance; "" where it was not asked. */
export function iscTestSentence({ iscTest }: EvaluationResult): string {
  if (iscTest === null) return "";
  const { before, after, count, test, exact } = iscTest;
  const draws = count.toLocaleString("en");
  const against = exact ? `all ${draws} combinations of signs` : `${draws} draws (${iscTestLabels[test]})`;
  const told = ({ max, fdr, voxels, clusters }: IscFound) => {
    const ways = [
      `${fdr.toLocaleString("en")} by the false discovery rate`,
      ...(clusters === null ? [] : [`${clusters.voxels.toLocaleString("en")} in clusters`]),
    ];
    return `${max.toLocaleString("en")} of ${voxels.toLocaleString("en")} voxels (${ways.join(", ")})`;
  };
  const sides =
    after === null
      ? `${told(before)} on anatomy`
      : `${told(before)} on anatomy and ${told(after)} after alignment`;
  return `Against ${against}, corrected for the number of voxels, ${sides} correlate between subjects at p < .05.`;
}

/** What the accuracy between subjects speaks of, and what it does not; "" where there is none. */
export function meaningSentence({ accuracy: { aligned, anatomical } }: EvaluationResult): string {
  const found = aligned ?? anatomical;
  if (found === null) return "";
  if (aligned === null)
    return "Nothing was aligned: it says how far anatomy alone brings these subjects together, not what alignment would do.";
  const learnt =
    found.scheme === "A"
      ? "Classifiers learnt from the other subjects in the same runs, so that whatever all share at the same times helps, not only what the labels name."
      : "Classifiers learnt from the other subjects' samples in the runs aligned on.";
  return found.claim === "new subject"
    ? `It speaks of subjects whom the common space was made without, and who were added to it by other samples of their own; not of subjects without such samples. ${learnt}`
    : `It speaks of new data of these subjects, all of whom made the common space with other samples; not of a new subject. ${learnt}`;
}

/** What was found of time segments, in a sentence; "" where they were not matched. */
export function segmentSentence({ timeSegments }: EvaluationResult): string {
  if (timeSegments === null) return "";
  const { length, anatomical, aligned, chance } = timeSegments;
  return `Of time segments of ${length} samples, ${percent(aligned.mean)} are matched between subjects after alignment and ${percent(anatomical.mean)} on anatomy; chance is ${percent(chance)}.`;
}

/** The parameters that were chosen inside the folds, in a sentence; "" where all were given. */
export function choiceSentence({ choices }: EvaluationResult): string {
  if (choices.length === 0) return "";
  const chosen = new Set(choices.map(({ parameters }) => parameterWords(parameters)));
  const tried = choices[0]?.tried.length ?? 0;
  return `Of ${tried} combinations, nested cross-validation chose ${[...chosen].join("; ")}.`;
}

/** What a comparison with the common space found, and what it rests on. */
export function fitSentence({
  run,
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
      ? `${rows.length} samples of ${run} were compared with ${conditions.length} conditions; they have no labels to hold that against.`
      : `${percent(accuracy)} of the labelled samples fit their own condition best; chance is ${percent(chance)}.`,
    `The space was fitted on ${fitRuns.join(", ")} (${claim}); the conditions are the other subjects' mean patterns in ${patternRuns.join(", ")}.`,
    flat === 0 ? "" : `${flat} samples do not vary over the space's columns and have no scores.`,
  ]
    .filter(Boolean)
    .join(" ");
}
