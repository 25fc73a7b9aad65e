import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import type { Plan, Samples } from "#app/contract/plan.ts";
import type { Preview } from "#app/contract/preview.ts";
import { voxelsAtMost } from "#app/contract/selection.ts";
import { readEvents } from "#app/dataset/events.ts";
import { type EvaluationSamples, labelledRows, rowsIn } from "#app/evaluate/evaluation.ts";
import { foldsOf } from "#app/evaluate/folds.ts";
import { planEvaluation } from "#app/evaluate/plan-evaluation.ts";
import { type ChosenFiles, chooseFiles, runLengths } from "#app/prepare/chosen-files.ts";
import { refuseCleaning } from "#app/prepare/cleaning-check.ts";
import { commonRows } from "#app/prepare/common-rows.ts";
import { describeRegion } from "#app/prepare/region.ts";
import { eventMeans, everyVolume, labelledVolumes, labelsIn, type RunSamples } from "#app/prepare/samples.ts";
import { estimateSeconds } from "./estimate-seconds.ts";
import type { ExaminedRows } from "./examined-rows.ts";
import { foldCells } from "./fold-cells.ts";
import type { MadeParcels } from "./made-parcels.ts";
import { modelTriangles } from "./model-triangles.ts";
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
  foldsOf(plan, runLengths(chosen), subjects);
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
  const lengths = runs.map((run) => ({ run, volumes: rows.get(run) ?? 0 }));
  const align = await samplesOf(chosen, rows, plan.samples.align);
  const classify = await samplesOf(chosen, rows, plan.samples.classify);
  // Of rows without a voxel; what a run would refuse is refused here.
  const evaluation = planEvaluation({ plan, subjects, runs: lengths, align, classify });
  await modelTriangles(dataset, plan, evaluation.classes);
  const { folds } = evaluation;
  const kept = voxelsAtMost(plan.selection, voxels);
  const rowsOfFolds = folds.map((fold) => ({
    align: rowsIn(align, fold.fit).length,
    classify: labelledRows(evaluation, fold.held).length,
    shown: rowsIn(align, fold.held).length,
  }));
  return {
    folds: folds.map((fold, at) => ({
      id: fold.id,
      rows: { align: rowsOfFolds[at]?.align ?? 0, classify: rowsOfFolds[at]?.classify ?? 0 },
      ...foldCells(fold, lengths, subjects),
    })),
    subjects,
    voxels,
    voxelsAtMost: atMost,
    resampled,
    rows: { align: align.labels.length, classify: classify.labels.length },
    conditions: evaluation.classes,
    seconds: estimateSeconds(
      plan,
      chosen,
      {
        folds: rowsOfFolds.map((rows, at) => ({
          ...rows,
          fits: fitsOfFold(folds[at]?.fit.length ?? 0),
          tested: folds[at]?.newcomer === null ? subjects.length : 1,
        })),
        voxels,
        kept,
      },
      { workers, madeParcels: made !== null },
    ),
    memoryBytes: 120e6 + subjects.length * (align.labels.length + classify.labels.length) * voxels * 24,
  };
}

/** The rows of each run that a run of the Plan will use: after trimming, and of events those that the rows cover. */
async function samplesOf(
  { runs, files }: ChosenFiles,
  rows: ReadonlyMap<string, number>,
  samples: Samples,
): Promise<EvaluationSamples> {
  const parts = await Promise.all(
    runs.map(async (run) => {
      const kept = rows.get(run) ?? 0;
      const file = files.find((one) => one.run === run) as RunFile;
      return { run, ...(await samplesOfRun(file, kept, samples)) };
    }),
  );
  return {
    subjects: [],
    runs: parts.flatMap(({ run, labels }) => labels.map(() => run)),
    labels: parts.flatMap(({ labels }) => labels),
    volumes: parts.flatMap(({ volumes }) => volumes),
  };
}

async function samplesOfRun(file: RunFile, kept: number, samples: Samples): Promise<RunSamples> {
  const stated = file.repetitionTimeSeconds;
  const none = new Float32Array(0);
  if (samples.kind === "volumes") return everyVolume(none, kept, stated);
  if (samples.kind === "labelled") return labelledVolumes(none, kept, stated, labelsIn(file, samples.column));
  const { events, tr } = await readEvents(file, samples.column);
  return eventMeans(none, kept, 0, events, tr, samples.shiftSeconds);
}
