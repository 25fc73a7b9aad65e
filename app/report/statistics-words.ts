import { shortP } from "#app/contract/result-sentence.ts";
import type { Citations } from "./citations.ts";
import { fixed, grouped } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** What was done to say how sure the result is, and what came of it: sentences. */
export function statisticsWords(input: ReportInput, citations: Citations): string[] {
  const { plan, result } = input;
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
  const correlations = iscWords(input, citations);
  if (permutations === null) return [...shifted, ...gain, ...correlations];
  const { aligned, anatomical, difference, done, exact, repeat } = permutations;
  const again =
    repeat === "whole"
      ? "selection, alignment, training and testing were repeated for each"
      : "training and testing were repeated for each, with the selection and the alignment of the true labels";
  const found = [
    ...(aligned === undefined ? [] : [`after alignment p = ${shortP(aligned.p)}`]),
    ...(anatomical === undefined ? [] : [`on anatomical alignment p = ${shortP(anatomical.p)}`]),
    ...(difference === undefined ? [] : [`for their difference p = ${shortP(difference.p)}`]),
  ];
  const tried = exact
    ? `all ${grouped(done)} labellings were tried, within runs and for each subject on their own, and ${again}; p is the share of them as high as observed`
    : `labels were drawn anew ${grouped(done)} times, within runs and for each subject on their own (seed ${plan.seed}), and ${again}; p is (draws as high as observed + 1) / (draws + 1) (${citations.cite("phipson2010")})`;
  return [
    ...shifted,
    ...gain,
    `Significance was assessed by permutation: ${tried}: ${found.join(", ")}.`,
    ...correlations,
  ];
}

function iscWords({ plan, result: { iscTest } }: ReportInput, citations: Citations): string[] {
  if (iscTest === null) return [];
  const how = {
    "phase-randomisation": () =>
      `with the phases of each subject's courses drawn at random, the same for all voxels (${citations.cite("lerner2011")})`,
    "time-shift": () => "with each subject's courses shifted in time around the end of each run",
    "sign-flip": () =>
      `with the signs of subjects' correlations drawn at random (${citations.cite("chen2016")})`,
    bootstrap: () => `with subjects drawn anew (${citations.cite("chen2016")})`,
  }[iscTest.test]();
  const told = ({ max, voxels }: typeof iscTest.before) => `${grouped(max)} of ${grouped(voxels)} voxels`;
  const sides = [iscTest.before.clusters, iscTest.after?.clusters ?? null];
  const [onAnatomy, aligned] = sides.map((side) =>
    side === null
      ? ""
      : `${grouped(side.count)} (${grouped(side.voxels)} voxels; r > ${fixed(side.threshold, 3)})`,
  );
  const clusters =
    onAnatomy === ""
      ? ""
      : ` Of clusters of voxels that share faces, made at the correlation that a share of ${iscTest.clusterP} of those drawn exceeded, there were ${onAnatomy}${aligned === "" ? "" : ` before alignment and ${aligned} after`} larger than the largest of 95 % of draws.`;
  const after = iscTest.after === null ? "" : ` and ${told(iscTest.after)} after alignment`;
  return [
    `Inter-subject correlations of the samples held out were held, voxel by voxel, against ${iscTest.exact ? `all ${grouped(iscTest.count)} combinations of signs of subjects' correlations (${citations.cite("chen2016")})` : `${grouped(iscTest.count)} draws ${how} (seed ${plan.seed})`}; corrected for the number of voxels by the highest correlation of each draw, ${told(iscTest.before)} on anatomical alignment${after} were above chance (p < .05, one-sided).${clusters}`,
  ];
}

function points(share: number): string {
  return fixed(100 * share, 1).replace("-", "−");
}
