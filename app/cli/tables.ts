import type { Dataset, Problem } from "#app/contract/dataset.ts";
import { parameterWords } from "#app/contract/parameter-words.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { iscTestSentence, permutationSentence } from "#app/contract/result-sentence.ts";

/** What a folder holds, as lines for a terminal. */
export function datasetTable(
  { name, space, spaces, subjects, runs, files, absent }: Dataset,
  voxels: number,
  problems: readonly Problem[],
): string {
  const rows = runs.map((run) => {
    const own = files.filter((file) => file.run === run);
    const volumes = [...new Set(own.map((file) => file.volumes))].join(", ");
    const times = [...new Set(own.map((file) => file.repetitionTimeSeconds ?? "?"))].join(", ");
    return `  ${run}: ${own.length} subjects, ${volumes} volumes, TR ${times} s`;
  });
  return [
    `${name}: ${subjects.length} subjects, ${runs.length} runs, ${voxels} voxels${space === null ? "" : `, ${space}`}`,
    ...rows,
    ...(spaces.length > 1 ? [`  other spaces: ${spaces.filter((one) => one !== space).join(", ")}`] : []),
    ...absent.map(({ subject, run, path }) => `  not downloaded: ${subject} ${run}: ${path}`),
    ...problems.map(
      ({ severity, subject, run, text }) =>
        `  ${severity}: ${[subject, run].filter(Boolean).join(" ")}${subject || run ? ": " : ""}${text}`,
    ),
  ].join("\n");
}

/** What a run found, as lines for a terminal. */
export function resultTable(result: EvaluationResult): string {
  const { accuracy, reason, chance, timeSegments, choices, remarks } = result;
  const told = [permutationSentence(result), iscTestSentence(result)].filter(Boolean).join("\n");
  const line = (label: string, method: keyof typeof accuracy) => {
    const found = accuracy[method];
    return found === null ? `${label}  —  ${reason[method] ?? ""}` : `${label}  ${share(found)}`;
  };
  const segments =
    timeSegments === null
      ? []
      : [
          `\ntime segments of ${timeSegments.length} samples`,
          `between, anatomical    ${share(timeSegments.anatomical)}`,
          ...(timeSegments.shifted === null ? [] : [`between, shifted times ${share(timeSegments.shifted)}`]),
          `between, aligned       ${share(timeSegments.aligned)}`,
          `chance                 ${timeSegments.chance.toFixed(4)}`,
        ];
  const apart = result.pairs ?? {};
  const pairs =
    apart.anatomical === undefined
      ? []
      : [
          "\npairs of conditions",
          `between, anatomical    ${share(apart.anatomical)}`,
          ...(apart.aligned === undefined ? [] : [`between, aligned       ${share(apart.aligned)}`]),
          "chance                 0.500",
        ];
  const chosen = choices.map(({ fold, parameters }) => `chosen in ${fold}: ${parameterWords(parameters)}`);
  return [
    line("within subject       ", "within"),
    line("between, anatomical  ", "anatomical"),
    ...(accuracy.shifted === null ? [] : [line("between, shifted times", "shifted")]),
    line("between, aligned     ", "aligned"),
    `chance                 ${chance.toFixed(3)}`,
    ...pairs,
    ...spheresLines(result),
    ...segments,
    ...(told === "" && remarks.length === 0 ? [] : ["", ...(told === "" ? [] : [told]), ...remarks]),
    ...(chosen.length === 0 ? [] : ["", ...chosen]),
  ].join("\n");
}

function spheresLines({ searchlight }: EvaluationResult): string[] {
  if (searchlight === null) return [];
  const { spheres, radiusMm, before, after } = searchlight;
  const line = ({ mean, highest }: typeof before) =>
    `${mean.toFixed(3)} on average, ${highest.toFixed(3)} at most`;
  return [
    `\n${spheres} spheres of ${radiusMm} mm`,
    `between, anatomical    ${line(before)}`,
    ...(after === null ? [] : [`between, aligned       ${line(after)}`]),
  ];
}

/** A mean and its standard error. */
export function share({ mean, sem }: { mean: number; sem: number }): string {
  return `${mean.toFixed(3)} ± ${sem.toFixed(3)}`;
}
