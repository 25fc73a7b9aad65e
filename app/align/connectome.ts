import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaled, stackRows, zeros } from "#app/linalg/matrix.ts";
import { norm } from "#app/linalg/vector.ts";

interface ConnectomeInput {
  /** T × V, z-scored. */
  readonly samples: Matrix;
  /** The columns of each target, whose mean course it is, or courses that are the targets, T × S. */
  readonly targets: readonly Int32Array[] | Matrix;
  /** Whether the samples themselves stand below. */
  readonly hybrid: boolean;
}

/** What a subject is aligned on instead of its samples: see `connectome` and `besideSamples`. */
export function connectomeRows(linalg: Linalg, { samples, targets, hybrid }: ConnectomeInput): Matrix {
  const rows = connectome(linalg, samples, "data" in targets ? targets : targetMeans(samples, targets));
  return hybrid ? besideSamples(linalg, rows, samples) : rows;
}

/**
 * How each voxel goes with each target: targetsᵀ·X/T for targets (T × S) z-scored here and X (T × V) z-scored, which is
 * their correlation, z-scored by voxel over targets: S × V (Guntupalli et al. 2018, as PyMVPA has it).
 */
export function connectome(linalg: Linalg, samples: Matrix, targets: Matrix): Matrix {
  const courses = { ...targets, data: targets.data.slice() };
  linalg.zscore(courses);
  const products = linalg.multiply(courses, samples, { left: true });
  const out = scaled(products, 1 / samples.rows);
  linalg.zscore(out);
  return out;
}

/**
 * Connectivity above, samples below (S + T) × V, for hybrid hyperalignment (Busch et al. 2021): the one with fewer rows
 * is multiplied so that both have the same Frobenius norm, and all is z-scored by voxel.
 */
export function besideSamples(linalg: Linalg, rows: Matrix, samples: Matrix): Matrix {
  const factor = (one: Matrix, other: Matrix) =>
    one.rows < other.rows && norm(one) > 0 ? norm(other) / norm(one) : 1;
  const out = stackRows([scaled(rows, factor(rows, samples)), scaled(samples, factor(samples, rows))]);
  linalg.zscore(out);
  return out;
}

/** The mean course of each target, T × S. */
export function targetMeans({ rows, columns, data }: Matrix, targets: readonly Int32Array[]): Matrix {
  const out = zeros(rows, targets.length);
  targets.forEach((members, target) => {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (const column of members) sum += data[row * columns + column] as number;
      out.data[row * targets.length + target] = sum / members.length;
    }
  });
  return out;
}
