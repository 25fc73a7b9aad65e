import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Values } from "#app/linalg/matrix.ts";
import { type Fold, foldsOf } from "./folds.ts";

/** One kind of samples of all subjects: rows correspond across subjects; labels are null where there are none. */
export interface EvaluationSamples {
  readonly subjects: readonly Values[];
  readonly runs: readonly string[];
  readonly labels: readonly (string | null)[];
}

export interface EvaluationInput {
  readonly plan: Plan;
  readonly subjects: readonly string[];
  readonly align: EvaluationSamples;
  readonly classify: EvaluationSamples;
}

/** What a Plan's protocol makes of its samples. */
export interface Evaluation extends EvaluationInput {
  readonly folds: readonly Fold[];
  readonly classes: readonly string[];
  /** The class of each row to classify; −1 where it has none or its label is never tested. */
  readonly codes: readonly number[];
}

/** @throws Fault plan/leak, plan/too-few-runs, events/one-class, dataset/unknown-run, plan/invalid */
export function planEvaluation(input: EvaluationInput): Evaluation {
  const { plan, classify, align } = input;
  const folds = foldsOf(plan, distinct(classify.runs, align.runs));
  const tested = new Set(folds.flatMap(({ testRuns }) => testRuns));
  const classes = distinct(
    classify.labels.filter((label, row) => label !== null && tested.has(classify.runs[row] ?? "")),
  );
  if (classes.length < 2) throw new Fault("events/one-class");
  const codes = classify.labels.map((label) => classes.indexOf(label ?? ""));
  const evaluation: Evaluation = { ...input, folds, classes, codes };
  if (plan.selection !== null && plan.protocol.name !== "leave-one-subject-out") {
    for (const { alignRuns } of folds) {
      if (labelledRows(evaluation, alignRuns).length === 0)
        throw new Fault("plan/invalid", {
          detail: "selection needs labelled samples in the runs aligned on",
        });
    }
  }
  return evaluation;
}

/** The rows to classify of these runs that have a class. */
export function labelledRows({ classify, codes }: Evaluation, runs: readonly string[]): number[] {
  return rowsOf(classify.runs, runs).filter((row) => (codes[row] as number) >= 0);
}

/** The rows of these runs that have any label, tested or not, and the label of each by number among theirs. */
export function codedRows(
  { runs: runOfRow, labels }: Pick<EvaluationSamples, "runs" | "labels">,
  runs: readonly string[],
): { readonly rows: readonly number[]; readonly codes: readonly number[] } {
  const rows = rowsOf(runOfRow, runs).filter((row) => labels[row] !== null);
  const known = distinct(rows.map((row) => labels[row] as string));
  return { rows, codes: rows.map((row) => known.indexOf(labels[row] as string)) };
}

export function rowsOf(runOfRow: readonly string[], runs: readonly string[]): number[] {
  return runOfRow.flatMap((run, row) => (runs.includes(run) ? [row] : []));
}

/** The different values, in order of their first appearance. */
function distinct<T extends string | null>(...lists: readonly (readonly T[])[]): string[] {
  return [...new Set(lists.flat().filter((value) => value !== null))];
}
