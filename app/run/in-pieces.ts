import type { Aligner, AlignSubject } from "#app/align/aligner.ts";
import { inParcels } from "#app/align/in-parcels.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Pieces } from "#app/contract/plan.ts";
import { refuseNoVolume } from "#app/dataset/volume-only.ts";
import type { Staged } from "#app/linalg/task.ts";
import { clusterTask } from "#app/prepare/prepare-tasks.ts";

/** The voxels of a dataset that a run uses. */
export interface VoxelGrid {
  readonly grid: Grid;
  /** Linear on the grid, ascending. */
  readonly indices: Int32Array;
  /** V × 3 in mm; null where there are none. */
  readonly places: Float64Array | null;
}

/** How the space of a method is cut. */
export interface Cut {
  readonly pieces: Pieces;
  readonly seed: number;
  readonly space: VoxelGrid;
}

/**
 * The method as it is used on a fold's subjects: whole, or in pieces, of which parcels are made of the rows aligned on.
 * @throws Fault region/not-volume, region/too-few
 */
export function* inPieces(
  aligner: Aligner,
  subjects: readonly AlignSubject[],
  { pieces, seed, space }: Cut,
): Staged<Aligner> {
  if (pieces.kind === "whole") return aligner;
  if (pieces.kind === "searchlights") return inSearchlights(aligner, pieces);
  const { method, count } = pieces;
  if (method === "ward") refuseNoVolume(space.grid, "of Ward parcels");
  const voxels = Int32Array.from(new Set(subjects.flatMap((subject) => [...subject.voxels]))).sort();
  if (voxels.length < count) {
    throw new Fault("region/too-few", { count: String(count), voxels: String(voxels.length) });
  }
  const { points, columns } = meanCourses(subjects, voxels);
  const indices = voxels.map((voxel) => space.indices[voxel] as number);
  const [found] = (yield [
    clusterTask({ method, points, columns, count, seed, grid: space.grid, indices }),
  ]) as readonly [Int32Array];
  const labels = new Int32Array(space.indices.length);
  voxels.forEach((voxel, at) => {
    labels[voxel] = found[at] as number;
  });
  return inParcels(aligner, labels);
}

/** How many tasks a fit takes, that of making parcels among them. */
export function tasksInPieces(
  aligner: Aligner,
  pieces: Pieces,
  subjects: number,
  parameters: unknown,
  voxels: number,
): number {
  if (pieces.kind === "parcels") return 1 + pieces.count + subjects;
  const used = pieces.kind === "searchlights" ? inSearchlights(aligner, pieces) : aligner;
  return used.tasksOfFit(subjects, parameters, voxels);
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
