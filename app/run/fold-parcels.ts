import type { AlignSubject } from "#app/align/aligner.ts";
import { Fault } from "#app/contract/fault.ts";
import { refuseNoVolume } from "#app/dataset/volume-only.ts";
import type { Staged } from "#app/linalg/task.ts";
import { clusterTask } from "#app/prepare/prepare-tasks.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

/** Of each of the dataset's voxels its parcel, of so many that the subjects' mean courses make; 0 of those unused. @throws Fault region/not-volume, region/too-few */
export function* parcelsOf(
  subjects: readonly AlignSubject[],
  rule: { readonly method: "ward" | "kmeans"; readonly count: number; readonly seed: number },
  { grid, indices }: VoxelGrid,
): Staged<Int32Array> {
  if (rule.method === "ward") refuseNoVolume(grid, "of Ward parcels");
  const voxels = Int32Array.from(new Set(subjects.flatMap((subject) => [...subject.voxels]))).sort();
  if (voxels.length < rule.count) {
    throw new Fault("region/too-few", { count: String(rule.count), voxels: String(voxels.length) });
  }
  const own = voxels.map((voxel) => indices[voxel] as number);
  const input = { ...rule, ...meanCourses(subjects, voxels), grid, indices: own };
  const [found] = (yield [clusterTask(input)]) as readonly [Int32Array];
  const labels = new Int32Array(indices.length);
  voxels.forEach((voxel, at) => {
    labels[voxel] = found[at] as number;
  });
  return labels;
}

/** Voxels × rows: the mean, over the subjects that have a voxel, of its samples. */
function meanCourses(subjects: readonly AlignSubject[], voxels: Int32Array) {
  const columns = subjects[0]?.samples.rows ?? 0;
  const place = new Map([...voxels].map((voxel, at) => [voxel, at]));
  const points = new Float32Array(voxels.length * columns);
  const counts = new Int32Array(voxels.length);
  for (const { samples, voxels: own } of subjects) {
    own.forEach((voxel, column) => {
      const at = place.get(voxel) as number;
      counts[at] = (counts[at] as number) + 1;
      for (let row = 0; row < columns; row++) {
        const to = at * columns + row;
        points[to] = (points[to] as number) + (samples.data[row * samples.columns + column] as number);
      }
    });
  }
  for (let at = 0; at < points.length; at++) {
    points[at] = (points[at] as number) / (counts[Math.floor(at / columns)] as number);
  }
  return { points, columns };
}
