import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Samples } from "#app/contract/plan.ts";
import { type Preview, roles } from "#app/contract/preview.ts";
import { readEvents } from "#app/dataset/events.ts";
import { foldsOf, rolesOf } from "#app/evaluate/folds.ts";
import { type ChosenFiles, chooseFiles } from "#app/prepare/chosen-files.ts";
import { refuseCleaning } from "#app/prepare/cleaning-check.ts";
import { commonRows } from "#app/prepare/common-rows.ts";
import { describeRegion } from "#app/prepare/region.ts";
import { eventMeans, everyVolume, labelledVolumes, labelsIn } from "#app/prepare/samples.ts";
import { estimateSeconds } from "./estimate-seconds.ts";
import type { ExaminedRows } from "./examined-rows.ts";
import type { MadeParcels } from "./made-parcels.ts";
import { methodOf } from "./plan-method.ts";
import { refusePlaceless } from "./voxel-grid.ts";

/**
 * What a Plan will do, from names, headers, masks, events and what was examined before.
 * @throws Fault of the Plan, the region or the events, as a run would
 */
export async function previewPlan(
  dataset: Dataset,
  plan: Plan,
  workers: number,
  examined: ExaminedRows,
  parcels: MadeParcels,
): Promise<Preview> {
  const { fitsOfFold } = methodOf(plan);
  const chosen = chooseFiles(dataset, plan);
  const { subjects, runs } = chosen;
  const folds = foldsOf(plan, runs);
  refusePlaceless(dataset, plan, chosen.grid);
  const made = plan.region.kind === "parcels" ? parcels.known(dataset, plan, plan.region) : null;
  const { voxels, resampled, atMost } = await describeRegion(dataset, plan, made);
  const rows = new Map(
    runs.map((run) => {
      const images = chosen.files.filter((file) => file.run === run);
      const known = images.map((file) => ({ file, goodRows: examined.of(file) }));
      return [run, commonRows(known, plan.dataset.repairs.trimToCommonRows)];
    }),
  );
  await refuseCleaning(chosen, plan.cleaning, rows);
  const align = await samplesOf(chosen, rows, plan.samples.align);
  const classify = await samplesOf(chosen, rows, plan.samples.classify);
  const tested = new Set(folds.flatMap(({ testRuns }) => testRuns));
  const conditions = [
    ...new Set(
      classify.filter(({ run }) => tested.has(run)).flatMap(({ labels }) => labels.filter((l) => l !== null)),
    ),
  ];
  if (conditions.length < 2) throw new Fault("events/one-class");
  const count = (runsOf: typeof align) => runsOf.reduce((sum, { labels }) => sum + labels.length, 0);
  const labelled = (runsOf: typeof classify) =>
    runsOf.reduce((sum, { labels }) => sum + labels.filter((label) => label !== null).length, 0);
  const kept = Math.min(voxels, plan.selection?.voxels ?? voxels);
  const [first, second] = [subjects[0] as string, subjects[1] as string];
  const rowsOfFolds = folds.map((fold) => ({
    align: count(align.filter(({ run }) => fold.alignRuns.includes(run))),
    classify: labelled(classify.filter(({ run }) => fold.testRuns.includes(run))),
  }));
  return {
    folds: folds.map((fold, at) => ({
      id: fold.id,
      rows: rowsOfFolds[at] as (typeof rowsOfFolds)[number],
      runs: runs.map((run) => {
        const tellRoles = (subject: string) => {
          const own = rolesOf(fold, subject, run, first);
          return roles.filter((role) => own.has(role));
        };
        return { run, tested: tellRoles(first), others: tellRoles(second) };
      }),
    })),
    subjects,
    voxels,
    voxelsAtMost: atMost,
    resampled,
    rows: { align: count(align), classify: count(classify) },
    conditions,
    seconds: estimateSeconds(
      plan,
      chosen,
      {
        folds: rowsOfFolds.map((rows, at) => ({
          ...rows,
          fits: fitsOfFold(folds[at]?.alignRuns.length ?? 0),
        })),
        voxels,
        kept,
      },
      { workers, madeParcels: made !== null },
    ),
    memoryBytes: 120e6 + subjects.length * (count(align) + count(classify)) * voxels * 24,
  };
}

/** The rows of each run that a run of the Plan will use: after trimming, and of events those that the rows cover. */
async function samplesOf(
  { runs, files }: ChosenFiles,
  rows: ReadonlyMap<string, number>,
  samples: Samples,
): Promise<{ run: string; labels: readonly (string | null)[] }[]> {
  return Promise.all(
    runs.map(async (run) => {
      const kept = rows.get(run) ?? 0;
      const file = files.find((one) => one.run === run) as RunFile;
      const stated = file.repetitionTimeSeconds;
      const none = new Float32Array(0);
      if (samples.kind === "volumes") return { run, labels: everyVolume(none, kept, stated).labels };
      if (samples.kind === "labelled") {
        return { run, labels: labelledVolumes(none, kept, stated, labelsIn(file, samples.column)).labels };
      }
      const { events, tr } = await readEvents(file, samples.column);
      return { run, labels: eventMeans(none, kept, 0, events, tr, samples.shiftSeconds).labels };
    }),
  );
}
