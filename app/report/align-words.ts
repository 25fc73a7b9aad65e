import { parameterWords } from "#app/contract/parameter-words.ts";
import type { Citations } from "./citations.ts";
import { count, grouped } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

type Parameters = ReportInput["method"]["parameters"];

/** How the method of alignment worked, as sentences. A method without words of its own is told by its parameters. */
export function alignWords(input: ReportInput, citations: Citations): readonly string[] {
  const { name, label, references, parameters } = input.method;
  const chosen = Object.keys(input.result.choices[0]?.parameters ?? {});
  const given = Object.fromEntries(Object.entries(parameters).filter(([key]) => !chosen.includes(key)));
  const method =
    name === "hyperalignment"
      ? hyperalignmentWords(input, citations)
      : [
          `Subjects were functionally aligned by ${label} (${citations.cite(...references)})${parametersOf(given)}.`,
        ];
  return [...method, ...choiceWords(input)];
}

/** How parameters were chosen inside the folds; nothing where all were given. */
function choiceWords({ result: { choices } }: ReportInput): string[] {
  const [first] = choices;
  if (first === undefined) return [];
  const names = Object.keys(first.parameters).join(" and ");
  const chosen = choices.map(
    ({ fold, parameters }) => `${parameterWords(parameters)}${choices.length > 1 ? ` (${fold})` : ""}`,
  );
  return [
    `In each fold ${names} were chosen from ${first.tried.length} combinations by nested cross-validation on the samples aligned on alone, by the share of time segments of ${first.segment} samples matched between subjects: ${chosen.join("; ")}.`,
  ];
}

function hyperalignmentWords(input: ReportInput, citations: Citations): string[] {
  const { subjects } = input.preparation;
  const { level2Iterations, reference, zscoreCommon, equalWeights, scaling } = input.method.parameters;
  const start =
    typeof reference === "number"
      ? `the space of ${subjects[reference]}`
      : `the space of ${subjects[0]} (the first of the subjects with most voxels)`;
  const running =
    equalWeights === true
      ? "the mean of all subjects aligned so far, each with the same weight"
      : "the mean of the running space and the subject just aligned";
  const levelTwo =
    level2Iterations === 0
      ? "Level 2 was left out."
      : `At level 2 (${count(Number(level2Iterations), "iteration")}), each subject's original data were aligned to the mean of the other subjects' aligned data.`;
  const zscored =
    zscoreCommon === true
      ? "Intermediate spaces and the common space were z-scored by voxel."
      : "Neither intermediate spaces nor the common space were z-scored.";
  return [
    `Subjects were functionally aligned by hyperalignment in three levels of Procrustes transformations (${citations.cite("haxby2011", "guntupalli2016")}), after the implementation in PyMVPA (${citations.cite("hanke2009")}).`,
    `At level 1, starting from ${start}, one subject after the other was aligned to a running common space: ${running}.`,
    levelTwo,
    "At level 3, each subject's original data were aligned to the mean of all subjects' aligned data, the common space.",
    zscored,
    `Transformations were orthogonal, with reflections${scaling === true ? " and a uniform scaling" : " and without scaling"}.`,
    ...completionWords(input),
  ];
}

/** Centred samples determine a direction fewer than there are samples; nothing where that is enough. */
function completionWords({ plan, preparation, dataset, method }: ReportInput): string[] {
  const voxels = Math.min(plan.selection?.voxels ?? Number.POSITIVE_INFINITY, preparation.voxels);
  const samples = Math.min(...samplesAlignedOn(plan.protocol, dataset.runs));
  if (samples > voxels) return [];
  const done =
    method.parameters.completion === "thin"
      ? "dropped"
      : "completed by the orthogonal map closest to the identity";
  return [
    `Directions of the space of ${count(voxels, "voxel")} that ${grouped(samples)} samples leave undetermined were ${done}.`,
  ];
}

/** How many samples of a subject each fold aligns on. */
function samplesAlignedOn(protocol: ReportInput["plan"]["protocol"], runs: ReportInput["dataset"]["runs"]) {
  const sum = (of: typeof runs) => of.reduce((total, { align }) => total + align, 0);
  return protocol.name === "fit-test"
    ? [sum(runs.filter(({ run }) => protocol.fit.includes(run)))]
    : runs.map((left) => sum(runs) - left.align);
}

function parametersOf(parameters: Parameters): string {
  const given = Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return given.length === 0 ? "" : `, with ${given.join(", ")}`;
}
