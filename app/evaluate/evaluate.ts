import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult, MethodName, Prediction } from "#app/contract/result.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, takeRows } from "#app/linalg/matrix.ts";
import { highest, oneWayAnova } from "./anova.ts";
import type { Classifier } from "./classifier.ts";
import { expandProtocol, type Fold, refuseLeak } from "./folds.ts";
import { classifyAcross, classifyWithin } from "./leave-out.ts";
import { summarise } from "./summary.ts";

/** One kind of samples of all subjects: rows correspond across subjects; labels are null where there are none. */
export interface EvaluationSamples {
  readonly subjects: readonly Matrix[];
  readonly runs: readonly string[];
  readonly labels: readonly (string | null)[];
}

export interface EvaluationInput {
  readonly plan: Plan;
  readonly subjects: readonly string[];
  readonly align: EvaluationSamples;
  readonly classify: EvaluationSamples;
}

/** Fits the Plan's method to samples whose columns are the named voxels; a way into the common space for each. */
export type FitMethod = (
  samples: readonly Matrix[],
  voxels: readonly Int32Array[],
) => Promise<readonly ((samples: Matrix) => Matrix)[]>;

/**
 * The accuracies of a Plan within subjects, between them on anatomy, and between them after alignment, on the same
 * folds. Order in a fold: samples z-scored per run → selection → alignment → apply → z-score per subject → classify.
 * @throws Fault plan/leak, plan/too-few-runs, events/one-class, dataset/unknown-run
 */
export async function evaluate(
  linalg: Linalg,
  input: EvaluationInput,
  classifier: Classifier,
  fitMethod: FitMethod,
): Promise<EvaluationResult> {
  const { plan, classify } = input;
  const folds = expandProtocol(plan.protocol, distinct(classify.runs, input.align.runs));
  if (plan.protocol.name === "leave-one-run-out" && folds.length < 2) throw new Fault("plan/too-few-runs");
  folds.forEach(refuseLeak);
  const tested = new Set(folds.flatMap(({ testRuns }) => testRuns));
  const classes = distinct(
    classify.labels.filter((label, row) => label !== null && tested.has(classify.runs[row] ?? "")),
  );
  if (classes.length < 2) throw new Fault("events/one-class");
  const context: Context = {
    ...input,
    linalg,
    classifier,
    codes: classify.labels.map((label) => classes.indexOf(label ?? "")),
  };
  const predictions: Record<MethodName, Prediction[]> = { within: [], anatomical: [], aligned: [] };
  const reason: Partial<Record<MethodName, string>> = {};
  for (const fold of folds) {
    if (plan.protocol.name === "leave-one-subject-out") {
      reason.within = "The protocol leaves out subjects, so no subject is tested on their own data.";
      reason.aligned = "The protocol leaves no rows to align on.";
      predictions.anatomical.push(...acrossAllRows(context, fold));
      continue;
    }
    const scores = selectionScores(context, fold);
    const within = withinFold(context, fold, scores);
    if (within === null) reason.within = "The runs to fit on share no condition with the runs to test on.";
    else predictions.within.push(...within);
    predictions.anatomical.push(...anatomicalFold(context, fold, scores));
    predictions.aligned.push(...(await alignedFold(context, fold, scores, fitMethod)));
  }
  return summarise(predictions, reason, classes, input.subjects, classifier.name);
}

interface Context extends EvaluationInput {
  readonly linalg: Linalg;
  readonly classifier: Classifier;
  /** The class of each row to classify; −1 where it has none or its run is never tested. */
  readonly codes: readonly number[];
}

function withinFold(context: Context, fold: Fold, scores: Scores): Prediction[] | null {
  const { classify, codes } = context;
  const train = labelledRows(context, fold.alignRuns);
  const held = labelledRows(context, fold.testRuns);
  const known = new Set(train.map((row) => codes[row]));
  if (!held.some((row) => known.has(codes[row]))) return null;
  return classify.subjects.flatMap((samples, at) => {
    const kept = selectVoxels(context, scores?.[at]);
    return classifyWithin(
      context,
      fold,
      at,
      kept === null ? samples : takeColumns(samples, kept),
      train,
      held,
    );
  });
}

/** On one set of voxels for all subjects: those with the highest mean F over subjects on the rows aligned on. */
function anatomicalFold(context: Context, fold: Fold, scores: Scores): Prediction[] {
  const { linalg, classify } = context;
  const held = labelledRows(context, fold.testRuns);
  const kept = selectVoxels(context, scores === null ? undefined : meanOf(scores));
  const moved = classify.subjects.map((samples) => {
    const rows = takeRows(kept === null ? samples : takeColumns(samples, kept), held);
    linalg.zscore(rows);
    return rows;
  });
  return classifyAcross(context, fold, moved, held);
}

async function alignedFold(
  context: Context,
  fold: Fold,
  scores: Scores,
  fitMethod: FitMethod,
): Promise<Prediction[]> {
  const { linalg, align, classify } = context;
  const rows = rowsOf(align.runs, fold.alignRuns);
  const held = labelledRows(context, fold.testRuns);
  const voxels = align.subjects.map(
    (samples, at) =>
      selectVoxels(context, scores?.[at]) ?? Int32Array.from({ length: samples.columns }, (_, v) => v),
  );
  const fitted = align.subjects.map((samples, at) =>
    takeColumns(takeRows(samples, rows), voxels[at] as Int32Array),
  );
  const ways = await fitMethod(fitted, voxels);
  const moved = ways.map((way, at) => {
    const out = way(takeRows(takeColumns(classify.subjects[at] as Matrix, voxels[at] as Int32Array), held));
    linalg.zscore(out);
    return out;
  });
  return classifyAcross(context, fold, moved, held);
}

/** Leave one subject out over all rows, selection on the stacked rows of the others: PyMVPA's anatomical baseline. */
function acrossAllRows(context: Context, fold: Fold): Prediction[] {
  const rows = labelledRows(context, fold.testRuns);
  const samples = context.classify.subjects.map((own) => takeRows(own, rows));
  return classifyAcross(context, fold, samples, rows, context.plan.selection?.voxels);
}

/** Each subject's F by voxel on a fold's labelled rows to align on; null where no selection is asked for. */
type Scores = readonly Float64Array[] | null;

function selectionScores(context: Context, fold: Fold): Scores {
  const { plan, classify, codes } = context;
  if (plan.selection === null) return null;
  const rows = labelledRows(context, fold.alignRuns);
  if (rows.length === 0)
    throw new Fault("plan/invalid", { detail: "selection needs labelled samples in the runs aligned on" });
  const labels = rows.map((row) => codes[row] as number);
  return classify.subjects.map((samples) => oneWayAnova(takeRows(samples, rows), labels));
}

/** The voxels that the Plan's selection keeps by these scores; null keeps all. */
function selectVoxels({ plan }: Context, scores: Float64Array | undefined): Int32Array | null {
  return plan.selection === null || scores === undefined ? null : highest(scores, plan.selection.voxels);
}

function labelledRows({ classify, codes }: Context, runs: readonly string[]): number[] {
  return rowsOf(classify.runs, runs).filter((row) => (codes[row] as number) >= 0);
}

function rowsOf(runOfRow: readonly string[], runs: readonly string[]): number[] {
  return runOfRow.flatMap((run, row) => (runs.includes(run) ? [row] : []));
}

function meanOf(scores: readonly Float64Array[]): Float64Array {
  const first = scores[0] ?? new Float64Array();
  return first.map((_, at) => scores.reduce((sum, score) => sum + (score[at] as number), 0) / scores.length);
}

/** The different values, in order of their first appearance. */
function distinct<T extends string | null>(...lists: readonly (readonly T[])[]): string[] {
  return [...new Set(lists.flat().filter((value) => value !== null))];
}
