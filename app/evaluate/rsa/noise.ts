import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, type Matrix, scaled, scaledColumns, zeros } from "#app/linalg/matrix.ts";
import { columnSums } from "#app/linalg/vector.ts";

/**
 * How residuals covary between voxels, shrunk towards independent voxels with variances of their own: Σ = D½·(λI + (1 − λ)·R)·D½,
 * R the correlations of the residuals. It is never formed: of thousands of voxels it would not fit.
 */
export interface Noise {
  /** Of each voxel the reciprocal of its standard deviation; 0 of one that does not vary. */
  readonly precision: Float64Array;
  /** Residuals (n × V) over their standard deviations, over √degrees of freedom: R is their Gram matrix. */
  readonly residuals: Matrix;
  readonly shrinkage: number;
}

/** Less would let rounding decide where residuals are fewer than voxels. */
const LEAST_SHRINKAGE = 1e-6;

/**
 * The noise in samples (n × V) about the mean of their class, with so many degrees of freedom lost to the means, by Schäfer and
 * Strimmer's shrinkage (2005, doi 10.2202/1544-6115.1175) as in rsatoolbox's "shrinkage_diag"; null where no class has two.
 */
export function noiseOf(samples: Matrix, codes: readonly number[], means: Matrix): Noise | null {
  const { rows, columns } = samples;
  const freedom = rows - new Set(codes).size;
  if (freedom < 1) return null;
  const residuals = zeros(rows, columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const from = (codes[row] as number) * columns;
    for (let column = 0; column < columns; column++, at++) {
      residuals.data[at] = (samples.data[at] as number) - (means.data[from + column] as number);
    }
  }
  const squares = columnSums({ ...residuals, data: residuals.data.map((value) => value * value) });
  const precision = squares.map((sum) => (sum > 0 ? Math.sqrt(freedom / sum) : 0));
  const units = scaledColumns(residuals, (column) => (precision[column] as number) / Math.sqrt(freedom));
  return { precision, residuals: units, shrinkage: shrinkageOf(units, freedom) };
}

/** Σ var(r) / Σ r² over all pairs of voxels, by sums over samples alone. */
function shrinkageOf({ rows, columns, data }: Matrix, freedom: number): number {
  const diagonal = new Float64Array(columns);
  // Over all pairs (j, k): Σ x_j² x_k², by rows; less the pairs of a voxel with itself.
  let fourth = 0;
  for (let row = 0; row < rows; row++) {
    let [squares, fourths] = [0, 0];
    for (let column = 0, at = row * columns; column < columns; column++, at++) {
      const square = (data[at] as number) ** 2;
      squares += square;
      fourths += square ** 2;
      diagonal[column] = (diagonal[column] as number) + square;
    }
    fourth += squares ** 2 - fourths;
  }
  let second = -diagonal.reduce((sum, own) => sum + own ** 2, 0);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let k = 0, p = a * columns, q = b * columns; k < columns; k++, p++, q++) {
        dot += (data[p] as number) * (data[q] as number);
      }
      second += (a === b ? 1 : 2) * dot ** 2;
    }
  }
  // In units of sums over n − 1, as rsatoolbox has them.
  const once = freedom / (rows - 1);
  const variance = (rows / freedom ** 2) * (once * freedom * fourth - once ** 2 * second);
  const lambda = variance / (once ** 2 * second);
  return Number.isFinite(lambda) ? Math.min(1, Math.max(LEAST_SHRINKAGE, lambda)) : 1;
}

/** a · Σ⁻¹ · bᵀ of patterns, K × V each: K × K. By Woodbury's identity, with a matrix as large as there are residuals. */
export function throughNoise(linalg: Linalg, noise: Noise, a: Matrix, b: Matrix): Matrix {
  const { precision, residuals, shrinkage } = noise;
  const units = (patterns: Matrix) => scaledColumns(patterns, (column) => precision[column] as number);
  const [left, right] = [units(a), units(b)];
  const out = linalg.multiply(left, right, { right: true });
  if (shrinkage < 1) {
    const inner = linalg.gram(residuals);
    addDiagonal(inner, shrinkage / (1 - shrinkage));
    const [along, across] = [
      linalg.multiply(left, residuals, { right: true }),
      linalg.multiply(residuals, right, { right: true }),
    ];
    const less = linalg.multiply(along, linalg.solve(inner, across));
    for (let at = 0; at < out.data.length; at++) {
      out.data[at] = (out.data[at] as number) - (less.data[at] as number);
    }
  }
  return scaled(out, 1 / shrinkage);
}
