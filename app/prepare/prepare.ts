import { type Cleaning, cleaningOfAny, doneBefore } from "#app/contract/cleaning.ts";
import type { Dataset, Grid, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { alignsOnWhatItClassifies, type Plan } from "#app/contract/plan.ts";
import { chooseFiles } from "./chosen-files.ts";
import { type Regressors, readRegressors } from "./confounds.ts";
import { readRuns } from "./read-runs.ts";
import { regionVoxels } from "./region.ts";
import { commonVoxels } from "./run-voxels.ts";
import { gatherSamples, type SampleSet } from "./sample-set.ts";

export interface Prepared {
  readonly subjects: readonly string[];
  readonly voxels: { readonly count: number; readonly indices: Int32Array; readonly grid: Grid };
  readonly dropped: { readonly constant: number; readonly nonFinite: number };
  /** What was done to at least one image: the Plan's cleaning without what all went through before. */
  readonly cleaning: Cleaning;
  /** Sentences of what was cut, resampled, dropped, marked or not done again. */
  readonly trims: readonly string[];
  readonly align: SampleSet;
  /** The same object as `align` where the Plan asks for the same samples. */
  readonly classify: SampleSet;
}

/** Reads, smooths, trims, cleans, z-scores and samples what the Plan names. Throws Faults; the signal's reason if aborted. */
export async function prepare(
  dataset: Dataset,
  plan: Plan,
  progress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Prepared> {
  const chosen = chooseFiles(dataset, plan);
  const region = await regionVoxels(dataset, chosen.files, plan.region);
  const { cleaning } = plan;
  // Before the images, which take longer: a column that is missing is told at once.
  const regressors = new Map<RunFile, Regressors>();
  for (const file of chosen.files) regressors.set(file, await readRegressors(file, cleaning));
  const read = await readRuns(chosen.files, region.indices, cleaning, progress, signal);
  const trim = plan.dataset.repairs.trimToCommonRows;
  const voxels = await commonVoxels(read, region.indices, trim, { cleaning, regressors }, signal);
  const align = await gatherSamples(chosen, voxels, plan.samples.align);
  const same = alignsOnWhatItClassifies(plan);
  const classify = same ? align : await gatherSamples(chosen, voxels, plan.samples.classify);
  signal?.throwIfAborted();
  const { labels } = classify.set;
  if (plan.samples.classify.kind !== "volumes" && new Set(labels.filter((l) => l !== null)).size < 2) {
    throw new Fault("events/one-class");
  }
  const resampled = "The mask lay on another grid; the nearest of its voxels were taken.";
  return {
    subjects: chosen.subjects,
    voxels: { count: voxels.indices.length, indices: voxels.indices, grid: chosen.grid },
    dropped: voxels.dropped,
    cleaning: cleaningOfAny(chosen.files, cleaning),
    trims: [
      ...new Set([
        ...(region.resampled ? [resampled] : []),
        ...doneBefore(chosen.files, cleaning),
        ...[...regressors.values()].flatMap(({ remarks }) => remarks),
        ...voxels.trims,
        ...align.trims,
        ...classify.trims,
      ]),
    ],
    align: align.set,
    classify: classify.set,
  };
}
