import { Fault } from "#app/contract/fault.ts";
import type { RegionOf } from "#app/contract/plan.ts";
import { refuseNoVolume } from "#app/dataset/volume-only.ts";
import type { ChosenFiles } from "#app/prepare/chosen-files.ts";
import { cleanedRuns, type RunRules } from "#app/prepare/cleaned-runs.ts";
import { kmeansClusters } from "./kmeans.ts";
import { faceNeighbours } from "./neighbours.ts";
import { finish } from "./steps.ts";
import { wardClusters } from "./ward.ts";

export interface Parcels {
  /** Linear on the images' grid, ascending. */
  readonly voxels: Int32Array;
  /** The parcel of each voxel, from 1 in the order of their first voxels. */
  readonly labels: Int32Array;
}

export interface ParcelOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Groups the voxels of the brain that vary in every subject by their time courses in the runs of `region.from`: z-scored
 * within each run, and averaged over the subjects, whose rows are the same moments.
 * @throws Fault dataset/unknown-run, region/not-volume, region/too-few, and those of reading; the signal's reason
 */
export async function makeParcels(
  chosen: ChosenFiles,
  brain: Int32Array,
  region: RegionOf<"parcels">,
  rules: RunRules,
  { onProgress, signal }: ParcelOptions,
): Promise<Parcels> {
  const stranger = region.from.find((run) => !chosen.runs.includes(run));
  if (stranger !== undefined) {
    throw new Fault("dataset/unknown-run", { run: stranger, known: chosen.runs.join(", ") });
  }
  if (region.method === "ward") refuseNoVolume(chosen.grid, "of Ward parcels");
  const files = chosen.files.filter(({ run }) => region.from.includes(run));
  const { indices, values, rows } = await cleanedRuns(files, brain, rules, onProgress, signal);
  if (indices.length < region.count) {
    const voxels = String(indices.length);
    throw new Fault("region/too-few", { count: String(region.count), voxels });
  }
  const runs = chosen.runs.filter((run) => region.from.includes(run));
  const columns = runs.reduce((sum, run) => sum + (rows.get(run) ?? 0), 0);
  const points = new Float32Array(indices.length * columns);
  for (const file of files) {
    let first = 0;
    for (const run of runs.slice(0, runs.indexOf(file.run))) first += rows.get(run) ?? 0;
    addTransposed(points, columns, first, values.get(file) ?? new Float32Array(0), indices.length);
  }
  for (let at = 0; at < points.length; at++) points[at] = (points[at] as number) / chosen.subjects.length;
  if (region.method === "kmeans") {
    const { labels } = await finish(kmeansClusters(points, columns, region.count, region.seed), signal);
    return { voxels: indices, labels };
  }
  const neighbours = await finish(faceNeighbours(chosen.grid, indices), signal);
  const labels = await finish(wardClusters(points, columns, neighbours, region.count), signal);
  return { voxels: indices, labels };
}

/** Adds rows × voxels to the columns from `first` on of voxels × columns. */
function addTransposed(
  to: Float32Array,
  columns: number,
  first: number,
  values: Float32Array,
  voxels: number,
): void {
  const rows = values.length / voxels;
  for (let row = 0; row < rows; row++) {
    for (let voxel = 0; voxel < voxels; voxel++) {
      const at = voxel * columns + first + row;
      to[at] = (to[at] as number) + (values[row * voxels + voxel] as number);
    }
  }
}
