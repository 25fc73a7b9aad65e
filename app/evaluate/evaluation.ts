import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { RunLength, RunPart, VolumeSpan } from "#app/contract/run-part.ts";
import type { Values } from "#app/linalg/matrix.ts";
import type { Fold } from "./fold.ts";
import { foldsOf } from "./folds.ts";
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

/** @throws Fault plan/leak, plan/too-few-runs, plan/no-rows, plan/one-class, events/one-class, dataset/unknown-run, plan/invalid */
export function planEvaluation(input: EvaluationInput): Evaluation {
  const { plan, classify, runs, subjects } = input;
  const folds = foldsOf(plan, runs, subjects);
  const held = new Set(folds.flatMap((fold) => rowsIn(classify, fold.held)));
  const classes = distinct(classify.labels.filter((label, row) => label !== null && held.has(row)));
  if (classes.length < 2) throw new Fault("events/one-class");
  const codes = classify.labels.map((label) => classes.indexOf(label ?? ""));
  const evaluation: Evaluation = { ...input, folds, classes, codes };
  for (const fold of folds) refuseUntestable(evaluation, fold);
  return evaluation;
}

/** Refuses a fold that lacks rows, or that could only be right. @throws Fault plan/no-rows, plan/one-class, plan/invalid */
function refuseUntestable(evaluation: Evaluation, { id, fit, held, scheme }: Fold): void {
  const { plan, align, classify } = evaluation;
  const fold = id;
  if (plan.protocol.name !== "leave-one-subject-out") {
    if (rowsIn(align, fit).length < 1) throw new Fault("plan/no-rows", { fold, does: "align on" });
    if (rowsIn(align, held).length < 1) throw new Fault("plan/no-rows", { fold, does: "test" });
    const led = plan.selection !== null && plan.selection.name !== "between-subject-correlation";
    if (led && labelledRows(evaluation, fit).length === 0) {
      const detail = "selection needs labelled samples in the runs aligned on";
      throw new Fault("plan/invalid", { detail });
    }
  }
  if (plan.protocol.name === "leave-one-subject-out" && (plan.selection?.name ?? "anova") !== "anova") {
    const detail = "leaving one subject out over all rows selects voxels by ANOVA alone";
    throw new Fault("plan/invalid", { detail });
  }
  const labels = distinct(labelledRows(evaluation, held).map((row) => classify.labels[row] as string));
  if (scheme === "A" && labels.length === 1)
    throw new Fault("plan/one-class", { fold, label: labels[0] as string });
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
function distinct<T extends string | null>(values: readonly T[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
