import type { Dataset, Examination, Problem } from "#app/contract/dataset.ts";

/** One cell of the table: a glyph and a word, and the sentences behind it. */
export interface FileState {
  readonly glyph: string;
  readonly word: string;
  readonly kind: "good" | "note" | "warning" | "error" | "missing";
  readonly problems: readonly Problem[];
}

export function stateOf(
  dataset: Dataset,
  examination: Examination | null,
  subject: string,
  run: string,
): FileState {
  const problems = [...dataset.problems, ...(examination?.problems ?? [])].filter(
    (one) => one.subject === subject && one.run === run,
  );
  const file = dataset.files.find((one) => one.subject === subject && one.run === run);
  if (dataset.broken.some((one) => one.subject === subject && one.run === run))
    return { glyph: "▲", word: "broken", kind: "error", problems };
  if (file === undefined) return { glyph: "○", word: "missing", kind: "missing", problems };
  const worst = (["error", "warning"] as const).find((kind) =>
    problems.some(({ severity }) => severity === kind),
  );
  const found = examination?.files.find((one) => one.subject === subject && one.run === run);
  if (found !== undefined && found.goodRows < file.volumes)
    return { glyph: "▲", word: "broken tail", kind: "warning", problems };
  if (found !== undefined && found.nonFinite > 0)
    return { glyph: "▲", word: "NaN voxels", kind: "warning", problems };
  if (worst === undefined) return { glyph: "●", word: "ready", kind: "good", problems };
  return { glyph: "▲", word: worst === "error" ? "problem" : "odd", kind: worst, problems };
}
