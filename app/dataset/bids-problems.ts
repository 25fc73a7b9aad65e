import type { BrokenImage, Problem, RunFile } from "#app/contract/dataset.ts";

/** Whether two grids are one, to a thousandth of a millimetre. */
export function sameGrid(a: RunFile["grid"], b: RunFile["grid"]): boolean {
  return (
    a.kind === b.kind &&
    a.dimensions.every((n, i) => n === b.dimensions[i]) &&
    a.affine.every((x, i) => Math.abs(x - (b.affine[i] ?? Number.NaN)) < 1e-3)
  );
}

/** What headers and names already show to be odd. */
export function findProblems(
  subjects: readonly string[],
  runs: readonly string[],
  files: readonly RunFile[],
  broken: readonly BrokenImage[],
): Problem[] {
  const problems: Problem[] = [];
  if (subjects.length < 2) {
    problems.push({ severity: "error", text: "There is one subject only. Alignment needs at least two." });
  }
  for (const run of runs) problems.push(...ofRun(subjects, run, files, broken));
  const usualTr = mostCommon(files.map((file) => file.repetitionTimeSeconds));
  const usualGrid = commonGrid(files);
  for (const file of files) problems.push(...ofFile(file, usualTr, usualGrid));
  return problems;
}

function ofRun(
  subjects: readonly string[],
  run: string,
  files: readonly RunFile[],
  broken: readonly BrokenImage[],
): Problem[] {
  const problems: Problem[] = [];
  const present = files.filter((file) => file.run === run);
  const found = [...files, ...broken].filter((image) => image.run === run);
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
  if (tr === null) {
    const text = "The repetition time is not known. Without it events can't be placed on volumes.";
    problems.push({ severity: "warning", ...at, text });
  } else if (tr !== usualTr) {
    const text = `The repetition time is ${tr} s where others have ${usualTr ?? "none"} s. Rows would not be the same moments.`;
    problems.push({ severity: "error", ...at, text, repair: "leave-out-subject" });
  }
  // Of the cortex alone there is nothing to mask.
  if (maskPath === null && grid.kind === "volume") {
    const text = "There is no brain mask. All voxels count as brain.";
    problems.push({ severity: "warning", ...at, text });
  }
  if (eventsPath === null) {
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
