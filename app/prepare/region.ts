import { isAbsolute, join } from "node:path";
import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Region } from "#app/contract/plan.ts";
import { datasetFolder } from "#app/dataset/dataset-folder.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { type GridVoxels, voxelsInside } from "#app/dataset/mask-voxels.ts";
import { chooseFiles } from "./chosen-files.ts";

/** The voxels of a region on the grid of `files`, which share one. Throws region/empty. */
export async function regionVoxels(
  dataset: Dataset,
  files: readonly RunFile[],
  region: Region,
): Promise<GridVoxels> {
  const grid = files[0]?.grid;
  if (grid === undefined) throw new Fault("dataset/empty", { path: dataset.path });
  const paths =
    region.kind === "brain"
      ? [...new Set(files.flatMap(({ maskPath }) => maskPath ?? []))]
      : [isAbsolute(region.path) ? region.path : join(datasetFolder(dataset), region.path)];
  const held = await Promise.all(files.map((file) => formatOf(file).voxels(file)));
  const found = await voxelsInside(grid, paths, held);
  if (found.indices.length === 0) {
    throw new Fault("region/empty", { path: region.kind === "mask" ? region.path : "of the brain masks" });
  }
  return found;
}

/**
 * How many voxels the region of a Plan covers, from its masks alone.
 * @throws Fault as `prepare` would of the choice and the region
 */
export async function describeRegion(
  dataset: Dataset,
  plan: Plan,
): Promise<{ voxels: number; resampled: boolean }> {
  const { files } = chooseFiles(dataset, plan);
  const { indices, resampled } = await regionVoxels(dataset, files, plan.region);
  return { voxels: indices.length, resampled };
}
