import { type Cleaning, cleaningOfAny, doneBefore } from "#app/contract/cleaning.ts";
import type { Dataset, Grid, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { alignsOnWhatItClassifies, type Plan, type Samples } from "#app/contract/plan.ts";
import type { RunLength } from "#app/contract/run-part.ts";
import { type ChosenFiles, chooseFiles } from "./chosen-files.ts";
import { cleanedRuns, type Preparing, runRules } from "./cleaned-runs.ts";
import { makeParcels } from "./parcels/parcels.ts";
import { regionVoxels } from "./region.ts";
import type { RunVoxels } from "./run-voxels.ts";
import { gatherSamples, type SampleSet } from "./sample-set.ts";

export interface Prepared {
  readonly subjects: readonly string[];
  readonly runs: readonly RunLength[];
  readonly voxels: { readonly count: number; readonly indices: Int32Array; readonly grid: Grid };
  /** What the region's labels are called; empty where it is not of labels. */
  readonly regionNames: readonly string[];
  readonly dropped: { readonly constant: number; readonly nonFinite: number };
  /** What was done to at least one image: the Plan's cleaning without what all went through before. */
  readonly cleaning: Cleaning;
  /** Sentences of what was cut, resampled, dropped, marked or not done again. */
  readonly trims: readonly string[];
  readonly align: SampleSet;
  /** The same object as `align` where the Plan asks for the same samples. Of all subjects but one who stands apart. */
  readonly classify: SampleSet;
  /** Of the subject who stands apart; null where nobody does. */
  readonly apart: ApartSamples | null;
}

/** A subject whose labels are not used, and one more run of theirs, of another dataset, where it is that which counts. */
export interface Apart {
  readonly subject: string;
  readonly file: RunFile | null;
}

/** Their samples, of that run or of all. */
export interface ApartSamples {
  /** As the Plan aligns on them; every volume of another dataset's run that has no events. */
  readonly align: SampleSet;
  /** As the Plan classifies them; null where they have none. */
  readonly classify: SampleSet | null;
}

/**
 * Reads, smooths, trims, cleans, z-scores and samples what the Plan names. The samples to classify of a subject who
 * stands apart need not be there. Throws Faults; the signal's reason if aborted.
 */
export async function prepare(
  dataset: Dataset,
  plan: Plan,
  preparing: Preparing,
  apart: Apart | null = null,
): Promise<Prepared> {
  const { runner, signal } = preparing;
  const chosen = chooseFiles(dataset, plan);
  const rules = runRules(plan);
  // What is read for parcels is not the progress of reading the region.
  const region = await regionVoxels(dataset, chosen, plan, (brain, parcels) =>
    makeParcels(chosen, brain, parcels, rules, { runner, signal }),
  );
  const { cleaning } = plan;
  // Together, so that a voxel which is no good in any is left out of all.
  const files = apart?.file == null ? chosen.files : [...chosen.files, apart.file];
  const voxels = await cleanedRuns(files, region.indices, rules, preparing);
  const align = await gatherSamples(chosen, voxels, plan.samples.align);
  const same = apart === null && alignsOnWhatItClassifies(plan);
  const labelled = chosenSubjects(chosen, (subject) => subject !== apart?.subject);
  const classify = same ? align : await gatherSamples(labelled, voxels, plan.samples.classify);
  signal?.throwIfAborted();
  const { labels } = classify.set;
  if (plan.samples.classify.kind !== "volumes" && new Set(labels.filter((l) => l !== null)).size < 2) {
    throw new Fault("events/one-class");
  }
  return {
    subjects: chosen.subjects,
    runs: chosen.runs.map((run) => ({ run, volumes: voxels.rows.get(run) ?? 0 })),
    voxels: { count: voxels.indices.length, indices: voxels.indices, grid: chosen.grid },
    regionNames: region.names,
    dropped: voxels.dropped,
    cleaning: cleaningOfAny(chosen.files, cleaning),
    trims: [
      ...new Set([
        ...region.remarks,
        ...doneBefore(chosen.files, cleaning),
        ...voxels.remarks,
        ...voxels.trims,
        ...align.trims,
        ...classify.trims,
      ]),
    ],
    align: align.set,
    classify: classify.set,
    apart: apart === null ? null : await samplesApart(chosen, voxels, plan, apart),
  };
}

async function samplesApart(
  chosen: ChosenFiles,
  voxels: RunVoxels,
  { samples }: Plan,
  { subject, file }: Apart,
): Promise<ApartSamples> {
  const own =
    file === null
      ? chosenSubjects(chosen, (one) => one === subject)
      : { ...chosen, subjects: [subject], runs: [file.run], files: [file] };
  const every = async () => (await gatherSamples(own, voxels, { kind: "volumes" })).set;
  return {
    align: (await samplesIfAny(own, voxels, samples.align)) ?? (await every()),
    classify: await samplesIfAny(own, voxels, samples.classify),
  };
}

/** Null where events are missing or can't be read. */
async function samplesIfAny(
  own: ChosenFiles,
  voxels: RunVoxels,
  samples: Samples,
): Promise<SampleSet | null> {
  try {
    return (await gatherSamples(own, voxels, samples)).set;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith("events/")) return null;
    throw error;
  }
}

function chosenSubjects(chosen: ChosenFiles, wanted: (subject: string) => boolean): ChosenFiles {
  return {
    ...chosen,
    subjects: chosen.subjects.filter(wanted),
    files: chosen.files.filter(({ subject }) => wanted(subject)),
  };
}
