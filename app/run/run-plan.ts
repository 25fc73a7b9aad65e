import { basename, dirname, join, resolve } from "node:path";
import { Fault, type FaultCode } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Progress } from "#app/contract/progress.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { foldsOf } from "#app/evaluate/folds.ts";
import { heldOutMaps } from "#app/evaluate/held-out-maps.ts";
import { planEvaluation } from "#app/evaluate/plan-evaluation.ts";
import { similarities } from "#app/evaluate/rsa/similarities.ts";
import { accuracyMaps, searchlightResult } from "#app/evaluate/searchlight/accuracy-maps.ts";
import { summarise } from "#app/evaluate/summary.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { releaseSharedMemory } from "#app/linalg/shared-memory.ts";
import { chooseFiles, runLengths } from "#app/prepare/chosen-files.ts";
import { type Prepared, prepare } from "#app/prepare/prepare.ts";
import { refuseFolder } from "#app/results/results-folder.ts";
import { writeRun } from "#app/results/run-folder.ts";
import { transformFiles } from "#app/results/transform-files.ts";
import { betweenPatches } from "./between-patches.ts";
import { checkpointsIn, runKey } from "./checkpoints.ts";
import { drawLabels } from "./draw-labels.ts";
import { evaluationSamples } from "./evaluation-samples.ts";
import { inputFiles } from "./input-files.ts";
import { modelTriangles } from "./model-triangles.ts";
import { methodOf } from "./plan-method.ts";
import type { Pool } from "./pool.ts";
import { runFolds } from "./run-folds.ts";
import { RunMeter } from "./run-meter.ts";
import { runReport } from "./run-report.ts";
import { spheresIn } from "./spheres-in.ts";
import { testCorrelations, testedArrays } from "./test-correlations.ts";
import { concordVersion } from "./version.ts";
import { cortexOfPlan, surroundingsIn, voxelGrid } from "./voxel-grid.ts";

/** After these the same Plan goes on with the folds that are left. */
const GONE_ON_WITH: readonly FaultCode[] = ["results/disk-full", "engine/worker-lost"];

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Runs a Plan whole: opens, prepares, aligns, classifies, and writes the Results folder. Folds that are done are
 * kept beside that folder until it is whole: after a crash or a full disk the same Plan goes on with the others.
 * @throws Fault of any step; the signal's reason when it is aborted
 */
export async function runPlan(
  plan: Plan,
  folder: string,
  linalg: Linalg,
  pool: Pool,
  options: RunOptions = {},
): Promise<EvaluationResult> {
  const { signal } = options;
  const started = new Date();
  const meter = new RunMeter(options.onProgress);
  meter.begin("read", null);
  await refuseFolder(folder);
  const method = methodOf(plan);
  const dataset = await describeDataset(plan.dataset.path, plan.dataset.space);
  // Nothing is made of what is tested, not even parcels.
  const chosen = chooseFiles(dataset, plan);
  foldsOf(plan, runLengths(chosen), chosen.subjects);
  const cortex = await cortexOfPlan(dataset, plan, chosen.grid);
  const onProgress = (done: number, total: number) => meter.set(done, total);
  const prepared = await prepare(dataset, plan, { runner: pool, onProgress, signal });
  const space = voxelGrid(prepared.voxels.grid, prepared.voxels.indices, cortex);
  const evaluation = planEvaluation({
    plan,
    subjects: prepared.subjects,
    runs: prepared.runs,
    spheres: plan.searchlight && spheresIn(surroundingsIn(space), plan.searchlight),
    ...samplesOf(prepared),
  });
  const models = await modelTriangles(dataset, plan, evaluation.classes);
  // The volumes read are as large as the samples made of them, and nobody needs them any more.
  releaseSharedMemory();
  const target = resolve(folder);
  const steps = checkpointsIn(
    join(dirname(target), `.${basename(target)}.steps`),
    await runKey(plan, dataset, concordVersion, linalg.kernels),
  );
  try {
    const { voxels } = prepared;
    const folding = { method, space, pool, steps, meter, signal };
    const done = await runFolds(evaluation, folding);
    const outcomes = done.map(({ outcome }) => outcome);
    const found = summarise(evaluation, outcomes);
    const permutations = await drawLabels(evaluation, outcomes, found, folding);
    meter.begin("map", null);
    const maps = heldOutMaps(evaluation, outcomes);
    const accuracies = accuracyMaps(evaluation, outcomes);
    const tested = await testCorrelations(plan, maps, prepared.subjects.length, folding);
    const connectivity = await betweenPatches(plan, maps, prepared.subjects.length, folding);
    const similarity = await pool.drive(similarities(evaluation, outcomes, models), { signal });
    const result = {
      ...found,
      permutations,
      iscTest: tested?.found ?? null,
      similarity,
      connectivity,
      searchlight: searchlightResult(evaluation, accuracies),
    };
    signal?.throwIfAborted();
    meter.begin("write", null);
    const preparation = preparationOf(prepared);
    const inputs = await inputFiles(dataset, plan, signal);
    const origin = {
      concord: concordVersion,
      kernels: linalg.kernels,
      workers: pool.size,
      datasetName: dataset.name,
      method: method.aligner.label,
      backgroundPath: dataset.backgroundPath,
      surfaces: dataset.surfaces,
      space: dataset.space,
      started: started.toISOString(),
      seconds: (Date.now() - started.getTime()) / 1000,
    };
    const told = { plan, dataset, method, prepared, preparation, result, maps, origin, inputs };
    await writeRun(folder, {
      plan,
      result,
      preparation,
      report: await runReport(told),
      inputs,
      maps: {
        grid: prepared.voxels.grid,
        voxels: prepared.voxels.count,
        subjects: prepared.subjects,
        conditions: maps.conditions,
        rows: maps.rows.map((row) => ({
          run: prepared.align.runs[row] as string,
          onset: prepared.align.onsets[row] as number,
          label: prepared.align.labels[row] ?? null,
        })),
        aligned: maps.after !== null,
      },
      transforms: transformFiles(
        done.flatMap(({ fitted }) => (fitted === null ? [] : [fitted])),
        { method: method.aligner.name, parameters: method.parameters, grid: voxels.grid },
      ),
      arrays: {
        voxels: prepared.voxels.indices,
        before: maps.before,
        after: maps.after,
        iscTest: testedArrays(tested),
        searchlight: accuracies,
      },
      origin,
    });
    await steps.clear();
    return result;
  } catch (error) {
    const told = writingFault(error, target);
    // What a person stopped or a Plan can't do is not gone on with. A crash of the engine never comes here.
    const hopeless = told instanceof Fault && !GONE_ON_WITH.includes(told.code);
    if (hopeless || signal?.aborted) await steps.clear();
    throw told;
  }
}

function samplesOf({ align, classify, voxels }: Prepared): Pick<Evaluation, "align" | "classify"> {
  const toAlign = evaluationSamples(align, voxels.count);
  return {
    align: toAlign,
    classify: classify === align ? toAlign : evaluationSamples(classify, voxels.count),
  };
}

/** What was done to the data, for the reader of the results. */
function preparationOf({
  subjects,
  voxels,
  regionNames,
  dropped,
  cleaning,
  trims,
  align,
  classify,
}: Prepared) {
  return {
    subjects,
    voxels: voxels.count,
    grid: voxels.grid,
    regionNames,
    dropped,
    cleaning,
    trims,
    rows: { align: align.rows, classify: classify.rows },
    samples: classify.labels.map((label, row) => ({
      run: classify.runs[row] as string,
      onset: classify.onsets[row] as number,
      label,
    })),
  };
}
