import { shortP } from "#app/contract/result-sentence.ts";
import type { Citations } from "./citations.ts";
import { fixed, grouped } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** What was done to say how sure the result is, and what came of it: sentences. */
export function statisticsWords({ plan, result }: ReportInput, citations: Citations): string[] {
  const { effect, permutations, accuracy } = result;
  const shifted =
    accuracy.shifted === null
      ? []
      : [
          `With the subjects' times shifted against each other in the samples aligned on, so that nothing corresponded, accuracy after alignment was ${fixed(100 * accuracy.shifted.mean, 1)} %.`,
        ];
  const gain =
    effect === null
      ? []
      : [
          `Alignment changed accuracy by ${points(effect.mean)} percentage points (${Math.round(100 * effect.confidence)} % interval by Student's t, ${points(effect.interval[0])} to ${points(effect.interval[1])}; sign-flip test over subjects, ${effect.signFlip.exact ? "all combinations" : `${grouped(effect.signFlip.draws)} draws`}, p = ${shortP(effect.signFlip.p)}); subjects share one space and are not independent, so that these describe the sample.`,
        ];
  if (permutations === null) return [...shifted, ...gain];
  const { aligned, anatomical, difference, done, repeat } = permutations;
  const again =
    repeat === "whole"
      ? "selection, alignment, training and testing were repeated for each"
      : "training and testing were repeated for each, with the selection and the alignment of the true labels";
  const found = [
    ...(aligned === undefined ? [] : [`after alignment p = ${shortP(aligned.p)}`]),
    ...(anatomical === undefined ? [] : [`on anatomical alignment p = ${shortP(anatomical.p)}`]),
    ...(difference === undefined ? [] : [`for their difference p = ${shortP(difference.p)}`]),
  ];
  return [
    ...shifted,
    ...gain,
    `Significance was assessed by permutation: labels were drawn anew ${grouped(done)} times, within runs and for each subject on their own (seed ${plan.seed}), and ${again}; p is (draws as high as observed + 1) / (draws + 1) (${citations.cite("phipson2010")}): ${found.join(", ")}.`,
  ];
}

function points(share: number): string {
  return fixed(100 * share, 1).replace("-", "−");
}
