import type { BrokenImage, Problem, RunFile } from "#app/contract/dataset.ts";

/** Whether two grids are one, to a thousandth of a millimetre, and their columns are of the same structures. */
export function sameGrid(a: RunFile["grid"], b: RunFile["grid"]): boolean {
  return (
    a.kind === b.kind &&
    a.dimensions.every((n, i) => n === b.dimensions[i]) &&
    a.affine.every((x, i) => Math.abs(x - (b.affine[i] ?? Number.NaN)) < 1e-3) &&
    a.digest === b.digest &&
    JSON.stringify(a.structures) === JSON.stringify(b.structures)
  );
}

/** What headers and names already show to be odd; `others` are images that are there and not described. */
export function findProblems(
  subjects: readonly string[],
  runs: readonly string[],
  files: readonly RunFile[],
  others: readonly Pick<BrokenImage, "subject" | "run">[],
): Problem[] {
  const problems: Problem[] = [];
  if (subjects.length < 2) {
    const text =
      "There is one subject only, and alignment needs at least two. Open the folder that holds the others.";
    problems.push({ severity: "error", text });
  }
  for (const run of runs) problems.push(...ofRun(subjects, run, files, others));
  const usualTr = mostCommon(files.map((file) => file.repetitionTimeSeconds));
  const usualGrid = commonGrid(files);
  for (const file of files) problems.push(...ofFile(file, usualTr, usualGrid));
  return problems;
}

function ofRun(
  subjects: readonly string[],
  run: string,
  files: readonly RunFile[],
  others: readonly Pick<BrokenImage, "subject" | "run">[],
): Problem[] {
  const problems: Problem[] = [];
  const present = files.filter((file) => file.run === run);
  const found = [...files, ...others].filter((image) => image.run === run);
  const absent = subjects.filter((subject) => !found.some((image) => image.subject === subject));
  // What most lack is the run to leave out, not the subjects.
  const repair = absent.length > subjects.length / 2 ? "leave-out-run" : "leave-out-subject";
  for (const subject of absent) {
    const text = "This subject lacks the run. Alignment needs every run of every subject.";
    problems.push({ severity: "error", subject, run, text, repair });
  }
  const usual = mostCommon(present.map((file) => file.volumes));
  for (const { subject, volumes } of present) {
    if (volumes === usual) continue;
    const text = `The run has ${volumes} volumes where others have ${usual}. Alignment needs the same rows.`;
    problems.push({ severity: "error", subject, run, text, repair: "trim-to-common-rows" });
  }
  return problems;
}

function ofFile(
  file: RunFile,
  usualTr: number | null | undefined,
  usualGrid: RunFile | undefined,
): Problem[] {
  const { subject, run, grid, repetitionTimeSeconds: tr, maskPath, eventsPath } = file;
  const at = { subject, run };
  const problems: Problem[] = [];
  if (usualGrid !== undefined && !sameGrid(usualGrid.grid, grid)) {
    const text = `The image does not lie on the grid of ${usualGrid.subject}. Voxels would not correspond.`;
    problems.push({ severity: "error", ...at, text, repair: "leave-out-subject" });
  }
  const labelled = file.labels.length > 0;
  if (tr === null && !labelled) {
    const text = "The repetition time is not known. Without it events can't be placed on volumes.";
    problems.push({ severity: "warning", ...at, text });
  } else if (tr !== null && tr !== usualTr) {
    const text = `The repetition time is ${tr} s where others have ${usualTr ?? "none"} s. Rows would not be the same moments.`;
    problems.push({ severity: "error", ...at, text, repair: "leave-out-subject" });
  }
  // Other formats hold a mask's voxels, or no places at all.
  if (maskPath === null && file.format === "nifti") {
    const text = "There is no brain mask. All voxels count as brain.";
    problems.push({ severity: "warning", ...at, text });
  }
  if (eventsPath === null && !labelled) {
    const text = "There is no events file. Only volumes can be samples.";
    problems.push({ severity: "note", ...at, text });
  }
  return problems;
}

/** A file on the grid that most files lie on. */
function commonGrid(files: readonly RunFile[]): RunFile | undefined {
  const kinds: { file: RunFile; count: number }[] = [];
  for (const file of files) {
    const known = kinds.find((kind) => sameGrid(kind.file.grid, file.grid));
    if (known) known.count++;
    else kinds.push({ file, count: 1 });
  }
  return kinds.sort((a, b) => b.count - a.count)[0]?.file;
}

export function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
