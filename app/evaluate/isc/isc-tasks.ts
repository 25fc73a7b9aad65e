import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import { clusterSizes } from "../statistics/clusters.ts";
import { type CrossSpectrum, crossSpectrum } from "./cross-spectrum.ts";
import { type IsfcInput, patchConnectivity } from "./isfc.ts";
import { type NullSource, nullDraws } from "./null-draws.ts";

interface SpectrumInput {
  /** V × subjects × rows. */
  readonly timeCourses: Float32Array;
  /** The same of the sum of the others of each subject; null where all share one space. */
  readonly others: Float32Array | null;
  readonly subjects: number;
  readonly subject: number;
  readonly runLengths: readonly number[];
}

interface BlockInput {
  readonly source: NullSource;
  readonly seed: number;
  /** The group's z of each voxel. */
  readonly observed: Float64Array;
  readonly first: number;
  readonly count: number;
  /** What makes clusters; null where none are made. */
  readonly clusters: Clusters | null;
}

/** Voxels of at least this z that hang together, by pairs of neighbours. */
export interface Clusters {
  readonly threshold: number;
  readonly neighbours: Int32Array;
}

/** How often each voxel's z was reached, and the highest of all voxels and the largest cluster in each draw. */
export interface NullBlock {
  readonly reached: Int32Array;
  readonly maxima: Float64Array;
  readonly largest: Int32Array;
}

interface ThresholdInput {
  readonly source: NullSource;
  readonly seed: number;
  readonly draws: readonly number[];
  /** The share of all values drawn that is to be higher. */
  readonly p: number;
}

/** The pieces of work of holding correlations against chance. */
export const iscTasks: TaskTable = {
  "isc/spectrum": taskCode((linalg, input: SpectrumInput) => spectrum(linalg, input)),
  "isc/block": taskCode((linalg, input: BlockInput) => nullBlock(linalg, input)),
  "isc/patches": taskCode(patchConnectivity),
  "isc/threshold": taskCode((linalg, input: ThresholdInput) => thresholdOf(linalg, input)),
};

export function spectrumTask(input: SpectrumInput): Task {
  return { name: "isc/spectrum", input };
}

export function blockTask(input: BlockInput): Task {
  return { name: "isc/block", input };
}

/** Connectivity of patches between subjects. */
export function patchesTask(input: IsfcInput): Task {
  return { name: "isc/patches", input };
}

/** The z that so large a share of all values in some draws exceeds. */
export function thresholdTask(input: ThresholdInput): Task {
  return { name: "isc/threshold", input };
}

function spectrum(
  linalg: Linalg,
  { timeCourses, others, subjects, subject, runLengths }: SpectrumInput,
): CrossSpectrum {
  const rows = runLengths.reduce((sum, length) => sum + length, 0);
  const voxels = timeCourses.length / (subjects * rows);
  const [own, rest] = [zeros(rows, voxels), zeros(rows, voxels)];
  const add = (to: Matrix, from: Float32Array, which: number) => {
    for (let voxel = 0; voxel < voxels; voxel++) {
      const start = (voxel * subjects + which) * rows;
      for (let row = 0, at = voxel; row < rows; row++, at += voxels) {
        to.data[at] = (to.data[at] as number) + (from[start + row] as number);
      }
    }
  };
  add(own, timeCourses, subject);
  if (others !== null) add(rest, others, subject);
  else {
    for (let other = 0; other < subjects; other++) if (other !== subject) add(rest, timeCourses, other);
  }
  return crossSpectrum(linalg, own, rest, runLengths);
}

function thresholdOf(linalg: Linalg, { source, seed, draws, p }: ThresholdInput): number {
  const { data } = nullDraws(linalg, source, seed, draws);
  const sorted = data.filter((z) => !Number.isNaN(z)).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil((1 - p) * sorted.length))] ?? Number.NaN;
}

function nullBlock(
  linalg: Linalg,
  { source, seed, observed, first, count, clusters }: BlockInput,
): NullBlock {
  const draws = Array.from(range(first, first + count));
  const { data } = nullDraws(linalg, source, seed, draws);
  const reached = new Int32Array(observed.length);
  const maxima = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const largest = new Int32Array(count);
  for (let draw = 0, at = 0; draw < count; draw++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let voxel = 0; voxel < observed.length; voxel++, at++) {
      const z = data[at] as number;
      if (z >= (observed[voxel] as number)) reached[voxel] = (reached[voxel] as number) + 1;
      if (z > most) most = z;
    }
    maxima[draw] = most;
    if (clusters === null || !(most >= clusters.threshold)) continue;
    const start = draw * observed.length;
    const chosen = new Uint8Array(observed.length);
    for (let voxel = 0; voxel < chosen.length; voxel++) {
      chosen[voxel] = (data[start + voxel] as number) >= clusters.threshold ? 1 : 0;
    }
    largest[draw] = clusterSizes(chosen, clusters.neighbours).reduce((a, b) => Math.max(a, b), 0);
  }
  return { reached, maxima, largest };
}
