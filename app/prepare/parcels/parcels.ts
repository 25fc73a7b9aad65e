import { Fault } from "#app/contract/fault.ts";
import type { RegionOf } from "#app/contract/plan.ts";
import { refuseNoVolume } from "#app/dataset/volume-only.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { ChosenFiles } from "#app/prepare/chosen-files.ts";
import { cleanedRuns, type Preparing, type RunRules } from "#app/prepare/cleaned-runs.ts";
import { clusterTask } from "#app/prepare/prepare-tasks.ts";
import type { ClusterInput } from "./cluster-voxels.ts";

export interface Parcels {
  /** Linear on the images' grid, ascending. */
  readonly voxels: Int32Array;
  /** The parcel of each voxel, from 1 in the order of their first voxels. */
  readonly labels: Int32Array;
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
  preparing: Preparing,
): Promise<Parcels> {
  const stranger = region.from.find((run) => !chosen.runs.includes(run));
  if (stranger !== undefined) {
    throw new Fault("dataset/unknown-run", { run: stranger, known: chosen.runs.join(", ") });
  }
  if (region.method === "ward") refuseNoVolume(chosen.grid, "of Ward parcels");
  const files = chosen.files.filter(({ run }) => region.from.includes(run));
  const { indices, values, rows } = await cleanedRuns(files, brain, rules, preparing);
  if (indices.length < region.count) {
    const voxels = String(indices.length);
    throw new Fault("region/too-few", { count: String(region.count), voxels });
  }
  const runs = chosen.runs.filter((run) => region.from.includes(run));
  const columns = runs.reduce((sum, run) => sum + (rows.get(run) ?? 0), 0);
  const bytes = indices.length * columns * Float32Array.BYTES_PER_ELEMENT;
  const points = new Float32Array(new SharedArrayBuffer(bytes));
  for (const file of files) {
    let first = 0;
    for (const run of runs.slice(0, runs.indexOf(file.run))) first += rows.get(run) ?? 0;
    addTransposed(points, columns, first, values.get(file) ?? new Float32Array(0), indices.length);
  }
  for (let at = 0; at < points.length; at++) points[at] = (points[at] as number) / chosen.subjects.length;
  const { method, count, seed } = region;
  const input = { method, points, columns, count, seed, grid: chosen.grid, indices };
  const { runner, signal } = preparing;
  return { voxels: indices, labels: await runner.drive(clustered(input), { signal }) };
}

function* clustered(input: ClusterInput): Staged<Int32Array> {
  const [labels] = yield [clusterTask(input)];
  return labels as Int32Array;
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
