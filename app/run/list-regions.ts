import type { Dataset } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { RegionList } from "#app/contract/region-list.ts";
import { nameOfLabel } from "#app/dataset/atlas.ts";
import { foldsOf } from "#app/evaluate/folds.ts";
import type { TaskRunner } from "#app/linalg/task.ts";
import { chooseFiles, runLengths } from "#app/prepare/chosen-files.ts";
import { runRules } from "#app/prepare/cleaned-runs.ts";
import { makeParcels } from "#app/prepare/parcels/parcels.ts";
import { chosenBrain, regionAtlas } from "#app/prepare/region.ts";
import type { MadeParcels } from "./made-parcels.ts";

interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (told: { done: number; total: number }) => void;
}

/**
 * The labels of a Plan's atlas with their voxels, or its parcels, which are made; nothing for a region of another kind.
 * @throws Fault as a run of the Plan would of its choice, its atlas or its parcels; the signal's reason
 */
export async function listRegions(
  dataset: Dataset,
  plan: Plan,
  made: MadeParcels,
  runner: TaskRunner,
  { signal, onProgress }: Watch = {},
): Promise<RegionList> {
  const { region } = plan;
  const chosen = chooseFiles(dataset, plan);
  if (region.kind === "labels") {
    const atlas = await regionAtlas(dataset, chosen, region);
    const brain = await chosenBrain(chosen);
    const all = counts(atlas.values);
    const inBrain = counts(brain.indices.map((voxel) => atlas.values[voxel] as number));
    const labels = atlas.labels.map((value) => ({
      value,
      name: nameOfLabel(atlas.names, value),
      voxels: all.get(value) ?? 0,
      brainVoxels: inBrain.get(value) ?? 0,
    }));
    return { labels, resampled: atlas.resampled };
  }
  if (region.kind !== "parcels") return { labels: [], resampled: false };
  foldsOf(plan, runLengths(chosen), chosen.subjects);
  const brain = await chosenBrain(chosen);
  const tell = (done: number, total: number) => onProgress?.({ done, total });
  const parcels =
    made.known(dataset, plan, region) ??
    (await makeParcels(chosen, brain.indices, region, runRules(plan), { runner, signal, onProgress: tell }));
  made.keep(dataset, plan, region, parcels);
  const sizes = counts(parcels.labels);
  const labels = [...sizes.keys()]
    .sort((a, b) => a - b)
    .map((value) => {
      const voxels = sizes.get(value) ?? 0;
      return { value, name: `parcel ${value}`, voxels, brainVoxels: voxels };
    });
  return { labels, resampled: false };
}

function counts(values: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}
