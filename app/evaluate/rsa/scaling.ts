import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/**
 * Classical multidimensional scaling (Torgerson 1952, doi 10.1007/BF02288916) of things whose correlations are given, n × n, at
 * distances √(2 − 2r): coordinates in the plane that keeps most of them, n × 2. Which way an axis points is not determined: the
 * coordinate that is largest is positive.
 */
export function plane(linalg: Linalg, correlations: Matrix): Matrix {
  const { rows: n, data } = correlations;
  const means = Float64Array.from({ length: n }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < n; column++) sum += data[row * n + column] as number;
    return sum / n;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const centred: Matrix = {
    ...correlations,
    data: data.map(
      (value, at) => value - (means[Math.floor(at / n)] as number) - (means[at % n] as number) + mean,
    ),
  };
  const { values, vectors } = linalg.eigenSymmetric(centred);
  const out = zeros(n, 2);
  for (const axis of [0, 1]) {
    const length = Math.sqrt(Math.max(0, values[axis] ?? 0));
    let largest = 0;
    for (let row = 0; row < n; row++) {
      const own = vectors.data[row * vectors.columns + axis] as number;
      if (Math.abs(own) > Math.abs(largest) + 1e-9) largest = own;
    }
    for (let row = 0; row < n; row++) {
      const own = vectors.data[row * vectors.columns + axis] as number;
      out.data[row * 2 + axis] = (largest < 0 ? -own : own) * length;
    }
  }
  return out;
}
