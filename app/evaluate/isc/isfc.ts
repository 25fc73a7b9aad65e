import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, sum, takeColumns, zeros } from "#app/linalg/matrix.ts";
import { unitRows } from "../correlations.ts";
import { fisherZ } from "./isc.ts";

export interface IsfcInput {
  /** V × subjects × rows. */
  readonly timeCourses: Float32Array;
  /** The same of the sum of the others of each subject; null where all share one space. */
  readonly others: Float32Array | null;
  readonly subjects: number;
  readonly rows: number;
  /** The patch that each voxel lies in, from 1, and how many there are. */
  readonly patches: Int32Array;
  readonly count: number;
}

/**
 * Inter-subject functional connectivity (Simony et al. 2016, doi 10.1038/ncomms12141) of patches of voxels, P × P: the
 * correlation of a subject's mean course of one patch with the others' of another, in both directions, over subjects by Fisher's
 * z. Rows that a patch lacks in any subject are passed over. NaN of a patch that does not vary.
 */
export function patchConnectivity(linalg: Linalg, input: IsfcInput): Matrix {
  const { subjects, others } = input;
  const all = Array.from({ length: subjects }, (_, at) => patchCourses(input, input.timeCourses, at));
  const theirs =
    others === null
      ? all.map((_, left) => sum(all.filter((_, at) => at !== left)))
      : all.map((_, at) => patchCourses(input, others, at));
  const kept = wholeColumns([...all, ...theirs]);
  return meanByFisher(
    all.map((own, at) => isfc(linalg, takeColumns(own, kept), takeColumns(theirs[at] as Matrix, kept))),
  );
}

/** own and others: P × rows. Symmetric: the mean of both directions. */
export function isfc(linalg: Linalg, own: Matrix, others: Matrix): Matrix {
  const found = linalg.multiply(unitRows(own), unitRows(others), { right: true });
  const { rows, data } = found;
  const out = zeros(rows, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      out.data[i * rows + j] = ((data[i * rows + j] as number) + (data[j * rows + i] as number)) / 2;
    }
  }
  return out;
}

export function meanByFisher(correlations: readonly Matrix[]): Matrix {
  const [first] = correlations as [Matrix];
  const out = zeros(first.rows, first.columns);
  for (const { data } of correlations) {
    for (let at = 0; at < data.length; at++) {
      out.data[at] = (out.data[at] as number) + fisherZ(data[at] as number) / correlations.length;
    }
  }
  return { ...out, data: out.data.map(Math.tanh) };
}

/** The mean course of each patch, P × rows, over its voxels that have a value at the row. */
function patchCourses(
  { subjects, rows, patches, count }: IsfcInput,
  courses: Float32Array,
  subject: number,
): Matrix {
  const out = zeros(count, rows);
  const counts = new Int32Array(count * rows);
  for (let voxel = 0; voxel < patches.length; voxel++) {
    const from = (voxel * subjects + subject) * rows;
    const to = ((patches[voxel] as number) - 1) * rows;
    for (let row = 0; row < rows; row++) {
      const value = courses[from + row] as number;
      if (Number.isNaN(value)) continue;
      out.data[to + row] = (out.data[to + row] as number) + value;
      counts[to + row] = (counts[to + row] as number) + 1;
    }
  }
  for (let at = 0; at < out.data.length; at++)
    out.data[at] = (out.data[at] as number) / (counts[at] as number);
  return out;
}

/** The columns that are numbers in all rows of all. */
function wholeColumns(matrices: readonly Matrix[]): number[] {
  const [{ columns }] = matrices as [Matrix];
  return Array.from({ length: columns }, (_, column) => column).filter((column) =>
    matrices.every(({ rows, data }) => {
      for (let row = 0; row < rows; row++)
        if (Number.isNaN(data[row * columns + column] as number)) return false;
      return true;
    }),
  );
}
