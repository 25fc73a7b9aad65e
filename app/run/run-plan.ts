import { aligners } from "#app/align/aligners.ts";
import { applyTransform } from "#app/align/transform.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { bidsReader, requireAlignable } from "#app/dataset/bids-reader.ts";
import type { Classifier } from "#app/evaluate/classifier.ts";
import { type EvaluationSamples, evaluate, type FitMethod } from "#app/evaluate/evaluate.ts";
import { loadLinearSvm } from "#app/evaluate/linear-svm.ts";
import { nearestClass } from "#app/evaluate/nearest-class.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { type Prepared, prepare } from "#app/prepare/prepare.ts";
import type { SampleSet } from "#app/prepare/samples.ts";
import { writeResults } from "#app/results/results-folder.ts";
import type { Pool } from "./pool.ts";

/** One step's name and how far it is. */
export interface Progress {
  readonly step: "read" | "align and classify";
  readonly done: number;
  readonly total: number | null;
}

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Runs a Plan whole: opens, prepares, aligns, classifies, and writes the Results folder.
 * @throws Fault of any step; the signal's reason when it is aborted
 */
export async function runPlan(
  plan: Plan,
  folder: string,
  linalg: Linalg,
  pool: Pool,
  { signal, onProgress }: RunOptions = {},
): Promise<EvaluationResult> {
  const dataset = await bidsReader.describe(plan.dataset.path);
  requireAlignable(dataset);
  const prepared = await prepare(
    dataset,
    plan,
    (done, total) => onProgress?.({ step: "read", done, total }),
    signal,
  );
  const input = {
    plan,
    subjects: prepared.subjects,
    align: toEvaluate(prepared.align, prepared.voxels.count),
    classify: toEvaluate(prepared.classify, prepared.voxels.count),
  };
  const fit = fitByPool(plan, linalg, pool, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const result = await evaluate(linalg, input, await classifierOf(plan), fit);
  await writeResults(folder, {
    "plan.json": `${JSON.stringify(plan, null, 2)}\n`,
    "results.json": `${JSON.stringify(result, null, 2)}\n`,
    "preparation.json": `${JSON.stringify(preparationOf(prepared), null, 2)}\n`,
  });
  return result;
}

/** The method's tasks go to the worker threads, and what comes back is in a fixed order. */
function fitByPool(plan: Plan, linalg: Linalg, pool: Pool, { signal, onProgress }: RunOptions): FitMethod {
  const aligner = aligners[plan.method.name];
  if (aligner === undefined)
    throw new Fault("plan/invalid", { detail: `there is no method ${plan.method.name}` });
  const parameters = aligner.parameters.safeParse(plan.method.parameters);
  if (!parameters.success)
    throw new Fault("plan/invalid", { detail: parameters.error.issues[0]?.message ?? "" });
  let done = 0;
  const onTask = () => onProgress?.({ step: "align and classify", done: ++done, total: null });
  return async (samples, voxels) => {
    const subjects = samples.map((matrix, at) => ({
      samples: matrix,
      voxels: voxels[at] ?? new Int32Array(),
    }));
    const staged = aligner.fit(subjects, parameters.data);
    const { transforms } = await pool.drive(aligner.name, staged, { onTask, ...(signal && { signal }) });
    return transforms.map((transform) => (matrix) => applyTransform(linalg, transform, matrix));
  };
}

async function classifierOf({ classifier }: Plan): Promise<Classifier> {
  return classifier.name === "linear-svm" ? loadLinearSvm(classifier.cost) : nearestClass;
}

function toEvaluate({ data, rows, runs, labels }: SampleSet, voxels: number): EvaluationSamples {
  return { subjects: data.map((values) => matrixFrom(rows, voxels, values)), runs, labels };
}

/** What was done to the data, for the reader of the results. */
function preparationOf({ subjects, voxels, dropped, trims, align, classify }: Prepared) {
  return {
    subjects,
    voxels: voxels.count,
    grid: voxels.grid,
    dropped,
    trims,
    rows: { align: align.rows, classify: classify.rows },
  };
}
