import type { Problem, RunFile } from "#app/contract/dataset.ts";

/** Whether two grids are one, to a thousandth of a millimetre. */
export function sameGrid(a: RunFile["grid"], b: RunFile["grid"]): boolean {
  return (
    a.dimensions.every((n, i) => n === b.dimensions[i]) &&
    a.affine.every((x, i) => Math.abs(x - (b.affine[i] ?? Number.NaN)) < 1e-3)
  );
}

/** What headers and names already show to be odd. */
export function findProblems(
  subjects: readonly string[],
  runs: readonly string[],
  files: readonly RunFile[],
): Problem[] {
  const problems: Problem[] = [];
  const first = files[0];
  if (first === undefined) return problems;
  if (subjects.length < 2) {
    problems.push({ severity: "error", text: "There is one subject only. Alignment needs at least two." });
  }
  for (const run of runs) {
    const ofRun = files.filter((file) => file.run === run);
    for (const subject of subjects) {
      if (ofRun.some((file) => file.subject === subject)) continue;
      const text = "This subject lacks the run. Leave out the subject or the run.";
      problems.push({ severity: "error", subject, run, text });
    }
    const usual = mostCommon(ofRun.map((file) => file.volumes));
    for (const { subject, volumes } of ofRun) {
      if (volumes === usual) continue;
      const text = `The run has ${volumes} volumes where others have ${usual}. Alignment needs the same rows.`;
      problems.push({ severity: "error", subject, run, text });
    }
  }
  const usualTr = mostCommon(files.map((file) => file.repetitionTimeSeconds));
  for (const { subject, run, grid, repetitionTimeSeconds: tr, maskPath, eventsPath } of files) {
    const at = { subject, run };
    if (!sameGrid(first.grid, grid)) {
      const text = `The image does not lie on the grid of ${first.subject}. Voxels would not correspond.`;
      problems.push({ severity: "error", ...at, text });
    }
    if (tr !== usualTr) {
      const text = `The repetition time is ${tr ?? "unknown"} s where others have ${usualTr ?? "none"} s.`;
      problems.push({ severity: "error", ...at, text });
    }
    if (maskPath === null) {
      problems.push({
        severity: "warning",
        ...at,
        text: "There is no brain mask. All voxels count as brain.",
      });
    }
    if (eventsPath === null) {
      problems.push({
        severity: "note",
        ...at,
        text: "There is no events file. Only volumes can be samples.",
      });
    }
  }
  return problems;
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
