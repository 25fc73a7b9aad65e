import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type CrossSpectrum, crossSpectrum } from "./cross-spectrum.ts";
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
}

/** How often each voxel's z was reached, and the highest of all voxels in each draw. */
export interface NullBlock {
  readonly reached: Int32Array;
  readonly maxima: Float64Array;
}

/** The pieces of work of holding correlations against chance. */
export const iscTasks: TaskTable = {
  "isc/spectrum": taskCode((linalg, input: SpectrumInput) => spectrum(linalg, input)),
  "isc/block": taskCode((linalg, input: BlockInput) => nullBlock(linalg, input)),
};

export function spectrumTask(input: SpectrumInput): Task {
  return { name: "isc/spectrum", input };
}

export function blockTask(input: BlockInput): Task {
  return { name: "isc/block", input };
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

function nullBlock(linalg: Linalg, { source, seed, observed, first, count }: BlockInput): NullBlock {
  const draws = Array.from({ length: count }, (_, at) => first + at);
  const { data } = nullDraws(linalg, source, seed, draws);
  const reached = new Int32Array(observed.length);
  const maxima = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let draw = 0, at = 0; draw < count; draw++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let voxel = 0; voxel < observed.length; voxel++, at++) {
      const z = data[at] as number;
      if (z >= (observed[voxel] as number)) reached[voxel] = (reached[voxel] as number) + 1;
      if (z > most) most = z;
    }
    maxima[draw] = most;
  }
  return { reached, maxima };
}
