import type { Plan } from "#app/contract/plan.ts";
import type { RunLength, RunPart, VolumeSpan } from "#app/contract/run-part.ts";
import type { Values } from "#app/linalg/matrix.ts";
import type { Fold } from "./fold.ts";
import type { Spheres } from "./searchlight/spheres.ts";

/** One kind of samples of all subjects: rows correspond across subjects; labels are null where there are none. */
export interface EvaluationSamples {
  readonly subjects: readonly Values[];
  readonly runs: readonly string[];
  readonly labels: readonly (string | null)[];
  /** The volumes of its run that each row is made of. */
  readonly volumes: readonly VolumeSpan[];
}

export interface EvaluationInput {
  readonly plan: Plan;
  readonly subjects: readonly string[];
  readonly runs: readonly RunLength[];
  readonly align: EvaluationSamples;
  readonly classify: EvaluationSamples;
  /** Of each subject the row whose label each row to classify has in place of its own; null where all keep theirs. */
  readonly relabelled?: readonly Int32Array[] | null;
  /** Where conditions are classified on their own; null where the Plan does not ask for it. */
  readonly spheres?: Spheres | null;
}

/** What a Plan's protocol makes of its samples. */
export interface Evaluation extends EvaluationInput {
  readonly folds: readonly Fold[];
  readonly classes: readonly string[];
  /** The class of each row to classify; −1 where it has none or its label is never tested. */
  readonly codes: readonly number[];
}

/** The classes of a subject's rows to classify. */
export function codesOf(
  { codes, relabelled }: Evaluation,
  subject: number,
  rows: readonly number[],
): number[] {
  const from = relabelled?.[subject];
  return rows.map((row) => codes[from === undefined ? row : (from[row] as number)] as number);
}

/** The labels of all rows to classify of a subject. */
export function labelsOf({ classify, relabelled }: Evaluation, subject: number): (string | null)[] {
  const from = relabelled?.[subject];
  return classify.labels.map((own, row) =>
    from === undefined ? own : (classify.labels[from[row] as number] ?? null),
  );
}

/** The rows to classify of these parts of runs that have a class. */
export function labelledRows({ classify, codes }: Evaluation, parts: readonly RunPart[]): number[] {
  return rowsIn(classify, parts).filter((row) => (codes[row] as number) >= 0);
}

/** The rows among these that have any label, tested or not, and the label of each by number among theirs. */
export function codedRows(
  labels: readonly (string | null)[],
  among: readonly number[],
): { readonly rows: readonly number[]; readonly codes: readonly number[] } {
  const rows = among.filter((row) => labels[row] !== null);
  const known = distinct(rows.map((row) => labels[row] as string));
  return { rows, codes: rows.map((row) => known.indexOf(labels[row] as string)) };
}

/**
 * The rows of these parts of runs, part by part: those all of whose volumes lie in one. It is the only way to rows, so
 * that no volume of one part is behind a row of another.
 */
export function rowsIn(
  { runs, volumes }: Pick<EvaluationSamples, "runs" | "volumes">,
  parts: readonly RunPart[],
): number[] {
  return parts.flatMap(({ run, from, to }) =>
    runs.flatMap((own, row) => {
      const [first, end] = volumes[row] as VolumeSpan;
      return own === run && first >= from && end <= to ? [row] : [];
    }),
  );
}

/** The rows of whole runs, in their own order. */
export function rowsOf(runOfRow: readonly string[], runs: readonly string[]): number[] {
  return runOfRow.flatMap((run, row) => (runs.includes(run) ? [row] : []));
}

/** The different values, in order of their first appearance. */
export function distinct<T extends string | null>(values: readonly T[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
