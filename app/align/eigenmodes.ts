import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaledRows } from "#app/linalg/matrix.ts";
import { range } from "#app/linalg/vector.ts";
import { distancesBetween } from "./distances.ts";

/** Modes whose eigenvalues differ by less than this share are as good as each other: all of them are taken. */
const ALIKE = 1e-8;

/**
 * The smoothest patterns over voxels that lie somewhere (V × 3 in mm), V × k: eigenvectors of the random-walk Laplacian
 * (Belkin and Niyogi 2003) of the graph that joins voxels by exp(−d²/2h²), h being the mean distance to the nearest
 * voxel, by falling smoothness and without the constant one. `count` of them, or a few more where symmetry leaves no
 * choice among the last ones.
 */
export function eigenmodes(linalg: Linalg, places: Float64Array, count: number): Matrix {
  const joined = distancesBetween(places, places);
  const voxels = joined.rows;
  const reach = meanNearest(joined);
  const degrees = new Float64Array(voxels);
  for (let row = 0, at = 0; row < voxels; row++) {
    for (let column = 0; column < voxels; column++, at++) {
      const weight = Math.exp(-0.5 * ((joined.data[at] as number) / reach) ** 2);
      joined.data[at] = weight;
      degrees[row] = (degrees[row] as number) + weight;
    }
  }
  const scales = degrees.map((degree) => 1 / Math.sqrt(degree));
  for (let row = 0, at = 0; row < voxels; row++) {
    for (let column = 0; column < voxels; column++, at++) {
      joined.data[at] = (joined.data[at] as number) * (scales[row] as number) * (scales[column] as number);
    }
  }
  // Of D^(−½)·W·D^(−½), which is the identity less the Laplacian: the largest values are of the smoothest patterns.
  const { values, vectors } = linalg.eigenSymmetric(joined);
  let taken = Math.min(count, voxels - 1);
  while (taken > 0 && taken + 1 < voxels && alike(values[taken] as number, values[taken + 1] as number))
    taken++;
  return scaledRows(linalg.takeColumns(vectors, range(1, taken + 1)), scales);
}

function alike(value: number, next: number): boolean {
  return value - next <= ALIKE;
}

/** The mean over places of the distance to the nearest that is not the same place; 1 where there is none. */
function meanNearest({ rows, data }: Matrix): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (const distance of data.subarray(row * rows, (row + 1) * rows)) {
      if (distance > 0 && distance < least) least = distance;
    }
    if (least === Number.POSITIVE_INFINITY) continue;
    sum += least;
    count += 1;
  }
  return count === 0 ? 1 : sum / count;
}
