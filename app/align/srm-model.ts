import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaled, scaledColumns, trace } from "#app/linalg/matrix.ts";
import { type Staged, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { dot } from "#app/linalg/vector.ts";
import type { Projected } from "./srm-tasks.ts";

/** What is known of the model beside each subject's map. */
export interface SrmState {
  /** Covariance of the shared response, k × k. */
  readonly covariance: Matrix;
  /** Variance of each subject's noise. */
  readonly noise: readonly number[];
}

interface ExpectInput {
  readonly projected: readonly Matrix[];
  readonly state: SrmState;
  /** Σ over subjects of ‖X‖², and voxels, for the likelihood. */
  readonly squaredNorms: readonly number[];
  readonly voxels: readonly number[];
}

/** What an E-step finds. */
export interface Expected {
  /** T × k: the mean of the shared response given all subjects. */
  readonly response: Matrix;
  /** Its second moment, by sample: the next covariance. */
  readonly covariance: Matrix;
  /** Of the parameters that came in, without the constant −½·T·ΣV·log 2π. */
  readonly logLikelihood: number;
}

export const srmModelTasks: TaskTable = { expect: taskCode(expectation) };

export function* expectResponse(input: ExpectInput): Staged<Expected> {
  return ((yield [{ name: "expect", input }]) as readonly [Expected])[0];
}

/** The noise of each subject after an M-step, ρ² = (‖X‖² − 2⟨W, XᵀS⟩ + T·tr Σ) / (T·V). */
export function noiseOf(
  found: readonly Projected[],
  { covariance }: Expected,
  rows: number,
  { squaredNorms, voxels }: Pick<ExpectInput, "squaredNorms" | "voxels">,
): number[] {
  const spread = rows * trace(covariance);
  return found.map(({ agreement }, at) => {
    const left = (squaredNorms[at] as number) - 2 * agreement + spread;
    return left / (rows * (voxels[at] as number));
  });
}

/**
 * The E-step of Chen et al. (2015): with ρ₀ = Σ 1/ρ_i², A = Σ⁻¹ + ρ₀I and M = Σ X_iW_i/ρ_i², the response is M·A⁻¹ and
 * its posterior covariance A⁻¹. All of it by the eigenvalues of Σ, which A shares.
 */
function expectation(linalg: Linalg, { projected, state, squaredNorms, voxels }: ExpectInput): Expected {
  const { noise, covariance } = state;
  const { rows } = projected[0] as Matrix;
  const total = noise.reduce((sum, value) => sum + 1 / value, 0);
  const weighted = linalg.blend(
    projected,
    noise.map((value) => 1 / value),
    false,
  );
  const { values, vectors } = linalg.eigenSymmetric(covariance);
  // 1/(1/λ + ρ₀), which a λ of zero does not disturb.
  const posterior = values.map((value) => Math.max(value, 0) / (1 + Math.max(value, 0) * total));
  const turned = linalg.multiply(weighted, vectors);
  const shrunk = scaledColumns(turned, (k) => posterior[k] as number);
  const quadratic = dot(turned.data, shrunk.data);
  const response = linalg.multiply(shrunk, vectors, { right: true });
  const spread = scaled(linalg.multiply(shrunk, shrunk, { left: true }), 1 / rows);
  for (let k = 0; k < posterior.length; k++) {
    const at = k * (posterior.length + 1);
    spread.data[at] = (spread.data[at] as number) + (posterior[k] as number);
  }
  const next = linalg.multiply(linalg.multiply(vectors, spread), vectors, { right: true });
  // log|A| + log|Σ| = Σ log(1 + λρ₀).
  const logs =
    values.reduce((sum, value) => sum + Math.log(1 + Math.max(value, 0) * total), 0) +
    noise.reduce((sum, value, at) => sum + (voxels[at] as number) * Math.log(value), 0);
  const residual = noise.reduce((sum, value, at) => sum + (squaredNorms[at] as number) / value, 0);
  return {
    response,
    covariance: next,
    logLikelihood: -0.5 * rows * logs - 0.5 * residual + 0.5 * quadratic,
  };
}
