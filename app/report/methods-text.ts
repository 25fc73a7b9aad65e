import { alignsOnWhatItClassifies, type Samples } from "#app/contract/plan.ts";
import type { Reference } from "#app/contract/references.ts";
import { alignWords } from "./align-words.ts";
import { Citations } from "./citations.ts";
import { cleaningWords } from "./cleaning-words.ts";
import { classificationWords, protocolWords, resultWords, selectionWords } from "./evaluation-words.ts";
import { count, grouped, listed } from "./numbers.ts";
import { regionSentence } from "./region-words.ts";
import type { ReportInput } from "./report-input.ts";
import { similarityWords } from "./similarity-words.ts";
import { statisticsWords } from "./statistics-words.ts";

/** Text for a paper, and the works it cites. */
export interface MethodsText {
  /** Data and preparation, alignment, evaluation, results, conditions, statistics: a paragraph each. */
  readonly paragraphs: readonly string[];
  readonly references: readonly Reference[];
}

/** The methods of a run in the field's words, made of what the run did and of nothing else. */
export function methodsText(input: ReportInput): MethodsText {
  const { plan } = input;
  const citations = new Citations();
  const aligned = plan.protocol.name !== "leave-one-subject-out";
  const paragraphs = [
    [...dataWords(input), ...regionWords(input), ...cleaningWords(input, citations), ...sampleWords(input)],
    aligned ? [...selectionWords(input, citations), ...alignWords(input, citations)] : [],
    [
      ...protocolWords(input),
      ...(aligned ? [] : selectionWords(input, citations)),
      classificationWords(input, citations),
    ],
    resultWords(input, citations),
    similarityWords(input, citations),
    [...statisticsWords(input, citations), softwareWords(input)],
  ];
  return {
    paragraphs: paragraphs
      .filter((sentences) => sentences.length > 0)
      .map((sentences) => sentences.join(" ")),
    references: citations.list(),
  };
}

function dataWords({ preparation, dataset, plan, origin }: ReportInput): string[] {
  const { subjects } = preparation;
  const { repetitionTimeSeconds } = dataset;
  const { leaveOut } = plan.dataset;
  const space = origin.space === null ? "" : ` in ${origin.space} space`;
  const time = repetitionTimeSeconds === null ? "" : ` (TR ${repetitionTimeSeconds} s)`;
  const left = [...leaveOut.subjects, ...leaveOut.runs];
  return [
    `Preprocessed functional images of ${count(subjects.length, "subject")}${space} were analysed in ${count(dataset.runs.length, "run")}${time}.`,
    ...(left.length === 0 ? [] : [`${listed(left)} ${left.length === 1 ? "was" : "were"} left out.`]),
  ];
}

function regionWords({ plan, preparation }: ReportInput): string[] {
  const { constant, nonFinite } = preparation.dropped;
  const all = preparation.voxels + constant + nonFinite;
  const dropped = [
    ...(constant > 0 ? [`${grouped(constant)} without variance`] : []),
    ...(nonFinite > 0 ? [`${grouped(nonFinite)} with non-finite values`] : []),
  ];
  return [
    regionSentence(plan.region, preparation.regionNames, all),
    dropped.length === 0
      ? "No voxel had to be dropped."
      : `Voxels unusable in any subject or run were dropped in all: ${listed(dropped)}, which left ${grouped(preparation.voxels)}.`,
    ...preparation.trims,
  ];
}

function sampleWords({ plan, dataset, preparation }: ReportInput): string[] {
  const { align, classify } = plan.samples;
  const labelled = preparation.samples.filter(({ label }) => label !== null).length;
  const perRun = (of: "align" | "classify") => {
    const counts = [...new Set(dataset.runs.map((run) => run[of]))];
    return counts.length === 1
      ? `${grouped(counts[0] as number)} per run`
      : dataset.runs.map((run) => `${grouped(run[of])} in ${run.run}`).join(", ");
  };
  if (plan.protocol.name === "leave-one-subject-out" || alignsOnWhatItClassifies(plan))
    return [`Samples were ${samplesOf(classify)} (${perRun("classify")} of each subject).`];
  return [
    `Samples to align on were ${samplesOf(align)} (${perRun("align")} of each subject).`,
    `Samples to classify were ${samplesOf(classify)} (${perRun("classify")} of each subject${labelled === preparation.samples.length ? "" : `, ${grouped(labelled)} of them labelled`}).`,
  ];
}

function samplesOf(samples: Samples): string {
  if (samples.kind === "volumes") return "all volumes";
  if (samples.kind === "labelled") return `all volumes, labelled by ${samples.column}`;
  const shift =
    samples.shiftSeconds === 0
      ? "without a shift for haemodynamic lag"
      : `shifted by ${samples.shiftSeconds} s for haemodynamic lag`;
  return `the means of the volumes of each event, ${shift}, labelled by ${samples.column}`;
}

function softwareWords({ origin, plan }: ReportInput): string {
  return `Analyses were run in Concord ${origin.concord} (numerical kernels ${origin.kernels}; seed ${plan.seed}).`;
}
