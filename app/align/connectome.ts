import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaled, stackRows, zeros } from "#app/linalg/matrix.ts";
import { norm } from "#app/linalg/vector.ts";

interface ConnectomeInput {
  /** T × V, z-scored. */
  readonly samples: Matrix;
  /** The parcel of each column, from 1; 0 where it is in none. */
  readonly labels: Int32Array;
  /** Whether the samples themselves stand below. */
  readonly hybrid: boolean;
}

/** What a subject is aligned on instead of its samples: see `connectome` and `besideSamples`. */
export function connectomeRows(linalg: Linalg, { samples, labels, hybrid }: ConnectomeInput): Matrix {
  const rows = connectome(linalg, samples, parcelMeans(samples, labels));
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

/** The mean course of each parcel that has voxels, T × S. */
function parcelMeans({ rows, columns, data }: Matrix, labels: Int32Array): Matrix {
  const parcels = [...new Set(labels)].filter((label) => label > 0).sort((a, b) => a - b);
  const place = new Map(parcels.map((label, at) => [label, at]));
  const counts = new Int32Array(parcels.length);
  for (const label of labels) {
    const at = place.get(label);
    if (at !== undefined) counts[at] = (counts[at] as number) + 1;
  }
  const out = zeros(rows, parcels.length);
  for (let column = 0; column < columns; column++) {
    const at = place.get(labels[column] as number);
    if (at === undefined) continue;
    for (let row = 0; row < rows; row++) {
      const to = row * parcels.length + at;
      out.data[to] =
        (out.data[to] as number) + (data[row * columns + column] as number) / (counts[at] as number);
    }
  }
  return out;
}
