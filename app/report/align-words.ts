import { parameterWords } from "#app/contract/parameter-words.ts";
import type { AlignOn } from "#app/contract/plan.ts";
import { segmentWords } from "#app/contract/segment-words.ts";
import { voxelsAtMost } from "#app/contract/selection.ts";
import type { Citations } from "./citations.ts";
import { count, grouped, listed } from "./numbers.ts";
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
  return [
    ...method,
    ...labelsWords(input),
    ...alignOnWords(input, citations),
    ...piecesWords(input, citations),
    ...choiceWords(input),
  ];
}

/** What labels had to do with it: a reader of accuracies must know. */
function labelsWords({ method: { usesLabels } }: ReportInput): string[] {
  if (!usesLabels) return [];
  return [
    "The alignment was led by the labels of all subjects' samples in the runs aligned on; no label of a sample that was tested took part.",
  ];
}

/** What subjects were brought together by; nothing where that was their samples. */
function alignOnWords({ plan: { method }, dataset }: ReportInput, citations: Citations): string[] {
  const { on } = method;
  if (on.kind === "samples") return [];
  const beside = on.hybrid
    ? ` Their samples stood beside these, both of the same norm (${citations.cite("busch2021")}).`
    : "";
  return [
    `Subjects were aligned on connectivity: the correlations of each voxel's time course with ${targetWords(on, dataset, citations)}, and z-scored by voxel.${beside}`,
  ];
}

function targetWords(
  on: Exclude<AlignOn, { kind: "samples" }>,
  dataset: ReportInput["dataset"],
  citations: Citations,
): string {
  const mark = citations.cite("guntupalli2018");
  if (on.kind === "seeds") {
    const seeds = on.spacingMm === null ? "every voxel" : `seeds at most ${on.spacingMm} mm apart`;
    const around = dataset.cortex.length > 0 ? "discs" : "spheres";
    const what =
      on.components === null
        ? "the mean time courses of"
        : `${count(on.components, "principal component")}, aligned between subjects on their own connectivity with all seeds, of each of the`;
    return `${what} ${around} of ${on.radiusMm} mm${alongWords(dataset, citations)} around ${seeds} in the region (${mark})`;
  }
  const how = on.method === "ward" ? "Ward's method" : "k-means";
  return `the mean time courses of ${count(on.targets, "parcel")} of the region (${mark}), made in each fold by ${how} of the samples aligned on`;
}

/** How distances on a surface were measured; nothing in a volume. */
function alongWords({ cortex }: ReportInput["dataset"], citations: Citations): string {
  if (cortex.length === 0) return "";
  return ` along the cortex (by the shortest way over the edges of ${cortex.join(" and ")}; ${citations.cite("oosterhof2011")})`;
}

/** What the method was used on at a time; nothing where that was the region. */
function piecesWords({ plan: { method }, dataset }: ReportInput, citations: Citations): string[] {
  const { pieces } = method;
  if (pieces.kind === "parcels") {
    const how = pieces.method === "ward" ? "Ward's method, of voxels that share a face" : "k-means";
    return [
      `It was used within each of ${count(pieces.count, "parcel")} on its own (${citations.cite("bazeille2021")}), made in each fold by ${how}, of the subjects' mean time courses of the samples aligned on.`,
    ];
  }
  if (pieces.kind === "whole") return [];
  const centres = pieces.spacingMm === null ? "every voxel" : `voxels at most ${pieces.spacingMm} mm apart`;
  const kept =
    pieces.keep === 1
      ? ""
      : ` Of each searchlight its centre and the ${Math.round(100 * pieces.keep)}\u00a0% of its voxels were used whose samples aligned on go best with single voxels of the other subjects (${citations.cite("haxby2011")}).`;
  return [
    `It was used in searchlights of ${pieces.radiusMm} mm${alongWords(dataset, citations)} around ${centres} (${citations.cite("guntupalli2016")}), put together by weights that fall with the distance from the centre and add up to 1 at each voxel (${citations.cite("feilong2023")}).${kept}`,
  ];
}

/** What of a choice is no parameter of a method. */
const choiceNames: Readonly<Record<string, string>> = {
  method: "the method of alignment",
  radiusMm: "the searchlights' radius",
  voxels: "the number of voxels",
};

/** How parameters were chosen inside the folds; nothing where all were given. */
function choiceWords({ result: { choices } }: ReportInput): string[] {
  const [first] = choices;
  if (first === undefined) return [];
  const names = Object.keys(first.parameters).map((name) => choiceNames[name] ?? name);
  const chosen = choices.map(
    ({ fold, parameters }) => `${parameterWords(parameters)}${choices.length > 1 ? ` (${fold})` : ""}`,
  );
  return [
    `In each fold ${listed(names)} ${names.length === 1 ? "was chosen from" : "were chosen from the"} ${first.tried.length} ${names.length === 1 ? "values" : "combinations"} by nested cross-validation on the samples aligned on alone, by the share of ${segmentWords(first.segment)} matched between subjects: ${chosen.join("; ")}.`,
  ];
}

function hyperalignmentWords(input: ReportInput, citations: Citations): string[] {
  const { subjects } = input.preparation;
  const { level2Iterations, reference, zscoreCommon, equalWeights, scaling, reflection, alpha, components } =
    input.method.parameters;
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
  const whitened =
    Number(alpha) < 1
      ? [
          `Before, the directions of each subject's voxels were evened out with alpha = ${alpha} relative to the mean square of their singular values (${citations.cite("xu2012")}).`,
        ]
      : [];
  const cut =
    typeof components === "number"
      ? [
          `The common space was cut to ${count(components, "principal component")}${input.method.parameters.weighted === true ? ", each weighted by how far subjects agree on it in the samples aligned on" : ""}.`,
        ]
      : [];
  return [
    `Subjects were functionally aligned by hyperalignment in three levels of Procrustes transformations (${citations.cite("haxby2011", "guntupalli2016")}), after the implementation in PyMVPA (${citations.cite("hanke2009")}).`,
    ...whitened,
    `At level 1, starting from ${start}, one subject after the other was aligned to a running common space: ${running}.`,
    levelTwo,
    "At level 3, each subject's original data were aligned to the mean of all subjects' aligned data, the common space.",
    zscored,
    ...cut,
    `Transformations were orthogonal, ${reflection === false ? "without" : "with"} reflections${scaling === true ? " and with a uniform scaling" : " and without scaling"}.`,
    ...completionWords(input),
  ];
}

/** Centred samples determine a direction fewer than there are samples; nothing where that is enough. */
function completionWords({ plan, preparation, result, method }: ReportInput): string[] {
  const voxels = voxelsAtMost(plan.selection, preparation.voxels);
  const samples = Math.min(...result.folds.map(({ aligned }) => aligned));
  if (samples > voxels) return [];
  const done =
    method.parameters.completion === "thin"
      ? "dropped"
      : "completed by the orthogonal map closest to the identity";
  return [
    `Directions of the space of ${count(voxels, "voxel")} that ${grouped(samples)} samples leave undetermined were ${done}.`,
  ];
}

function parametersOf(parameters: Parameters): string {
  const given = Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return given.length === 0 ? "" : `, with ${given.join(", ")}`;
}
