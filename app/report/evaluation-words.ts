import { type AligningProtocol, alignsOnWhatItClassifies } from "#app/contract/plan.ts";
import { numbersOfVoxels } from "#app/contract/selection.ts";
import type { Citations } from "./citations.ts";
import { classifierWords } from "./classifier-words.ts";
import { correlationWords } from "./correlation-words.ts";
import { fixed, grouped, listed, percent } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** Which runs were aligned on and which tested, and how subjects were tested: sentences. */
export function protocolWords({ plan, dataset, result }: ReportInput): string[] {
  const { protocol } = plan;
  if (protocol.name === "leave-one-subject-out") {
    return [
      "No alignment was made.",
      `Between-subject classification was cross-validated over subjects: a classifier was trained on the samples of all subjects but one in all runs and tested on those of the remaining subject, each subject in turn.`,
    ];
  }
  const { claim, scheme } = protocol;
  const others = claim === "new subject" ? "all subjects but the one tested" : "all subjects";
  return [
    `${splitWords(protocol, dataset.runs.length, others)}; no row of any subject was both aligned on and tested.`,
    ...(protocol.name === "leave-one-block-out"
      ? ["Samples were z-scored anew in each part of a run that a block had cut off."]
      : []),
    ...(claim === "new subject"
      ? ["The subject tested was then added to the space by their own samples in the runs aligned on."]
      : []),
    `The samples tested were brought into the common space by each subject's transformation and z-scored per subject${spreadWords(plan)}.`,
    scheme === "A"
      ? "A classifier was trained on those of all subjects but one and tested on those of the remaining subject, each subject in turn (scheme A: trained on the other subjects' samples held out)."
      : "A classifier was trained on the labelled samples aligned on of all subjects but one and tested on the samples held out of the remaining subject, each subject in turn (scheme B: trained on the samples aligned on).",
    claim === "new subject"
      ? "The claim is of a new subject: the common space, and all that was chosen for it, was made without the subject tested."
      : "The claim is of the same subjects and new data: the subject tested took part in building the common space, with other samples.",
    baselineWords(result.accuracy.within !== null, result.reason.within),
    ...result.remarks,
  ];
}

/** What was aligned on and what was held out. */
function splitWords(protocol: AligningProtocol, runs: number, aligned: string): string {
  switch (protocol.name) {
    case "leave-one-run-out":
      return `Evaluation was cross-validated over runs: in each of ${runs} folds, ${aligned} were aligned on the samples of ${runs - 1} runs and classification was tested in the run left out`;
    case "leave-one-block-out": {
      const gap =
        protocol.gapVolumes === 0 ? "" : `, leaving out ${protocol.gapVolumes} volumes on either side,`;
      return `Each run was cut into ${protocol.blocks} blocks of equal length, and evaluation was cross-validated over blocks: ${aligned} were aligned on the samples of all blocks but one${gap} and classification was tested in that block`;
    }
    case "fit-test": {
      const subjects = `${aligned.charAt(0).toUpperCase()}${aligned.slice(1)}`;
      return `${subjects} were aligned on the samples of ${listed(protocol.fit)}, and classification was tested in ${listed(protocol.test)}`;
    }
  }
}

/** By which rows the tested samples are z-scored, where not by themselves: those of the kind that alignment sees. */
function spreadWords(plan: ReportInput["plan"]): string {
  if (alignsOnWhatItClassifies(plan)) return "";
  const rows = plan.samples.align.kind === "volumes" ? "all volumes" : "the means over the events aligned on";
  return `, by the mean and standard deviation of ${rows} of the runs tested`;
}

function baselineWords(within: boolean, reason: string | undefined): string {
  const anatomical =
    "The baseline is the same classification on anatomical alignment alone, in the same folds and with the same voxels in all subjects";
  if (within)
    return `${anatomical}; within-subject classification was trained on a subject's own samples in the runs aligned on and tested on those of the runs tested.`;
  return `${anatomical}. There is no within-subject classification${reason === undefined ? "." : `: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`}`;
}

/** The voxels kept in each fold; nothing where all were. */
export function selectionWords({ plan, preparation }: ReportInput, citations: Citations): string[] {
  if (plan.selection === null) return [];
  const numbers = numbersOfVoxels(plan.selection).map((own) => Math.min(own, preparation.voxels));
  const [first, ...others] = numbers as [number, ...number[]];
  const chosenNumber = others.length > 0;
  const kept = chosenNumber ? "voxels" : `${grouped(first)} voxels`;
  const scores = {
    anova: () => "F of a one-way analysis of variance over conditions",
    stability: () =>
      `stability, the mean correlation from run to run of a voxel's profile over conditions (${citations.cite("mitchell2008")})`,
    "between-subject-correlation": () => "correlation of their course with the mean of the other subjects'",
  };
  const chosen = `the ${kept} with the highest ${scores[plan.selection.name]()}`;
  if (plan.protocol.name === "leave-one-subject-out")
    return [`In each fold, ${chosen} were kept, computed on the training samples.`];
  const mean = plan.selection.name === "anova" ? "mean F" : "mean";
  return [
    `In each fold, ${chosen} were kept in each subject, computed on samples in the runs aligned on only; for the anatomical baseline, the ${chosenNumber ? "same number of voxels" : kept} with the highest ${mean} over subjects were kept in all.`,
    ...(chosenNumber
      ? [
          `How many were kept was chosen among ${listed(numbers.map(grouped))}, with voxels ranked anew by each part of the samples that a choice was fitted to.`,
        ]
      : []),
  ];
}

/** What was classified, and by what. */
export function classificationWords({ plan, result }: ReportInput, citations: Citations): string {
  const classes = `${result.classes.length} conditions (chance ${percent(result.chance)})`;
  return `Samples of ${classes} were classified by ${classifierWords(plan.classifier, citations)}.`;
}

/** The numbers, as the results of a paper have them. */
export function resultWords(input: ReportInput, citations: Citations): string[] {
  const { result } = input;
  const { within, anatomical, aligned } = result.accuracy;
  const told = [
    anatomical && `${numbers(anatomical)} between subjects on anatomical alignment`,
    aligned && `${numbers(aligned)} between subjects after functional alignment`,
    within && `${numbers(within)} within subjects`,
  ].filter((words) => words !== null);
  const accuracies =
    told.length === 0
      ? []
      : [
          `Accuracy (mean ± standard error over subjects) was ${listed(told)}; chance was ${percent(result.chance)}.`,
        ];
  const pairs =
    result.pairs?.anatomical === undefined
      ? []
      : [
          `Told apart two by two, each pair by a classifier of its own, conditions were recognised in ${listed(
            [
              `${numbers(result.pairs.anatomical)} on anatomical alignment`,
              ...(result.pairs.aligned === undefined
                ? []
                : [`${numbers(result.pairs.aligned)} after functional alignment`]),
            ],
          )} (mean over pairs ± standard error over subjects; chance 50 %).`,
        ];
  const { timeSegments } = result;
  const segments =
    timeSegments === null
      ? []
      : [
          `Time segments of ${timeSegments.length} samples (${grouped(timeSegments.segments)} of each subject, starting at every sample, none across runs; each matched by Pearson correlation with the sum of the other subjects, overlapping ones left out) were found in ${numbers(timeSegments.anatomical)} on anatomical alignment and ${numbers(timeSegments.aligned)} after functional alignment; chance was ${fixed(100 * timeSegments.chance, 2)} %.`,
        ];
  return [...accuracies, ...pairs, ...segments, ...correlationWords(input, citations)];
}

function numbers({ mean, sem }: { mean: number; sem: number }): string {
  return `${fixed(100 * mean, 1)} ± ${percent(sem)}`;
}
