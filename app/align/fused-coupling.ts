import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { distancesBetween } from "./distances.ts";
import { type SinkhornLimits, sinkhorn } from "./sinkhorn.ts";

/** N voxels to be sent to M. */
export interface FusedProblem {
  /** N × M, between 0 and 1. */
  readonly cost: Matrix;
  /** Where the voxels lie, N × 3 and M × 3 in mm. */
  readonly places: readonly [Float64Array, Float64Array];
  /** α, from 0 to 1. */
  readonly geometry: number;
  readonly epsilon: number;
}

/** The plan, and after how many steps it changed no more. */
export interface FusedCoupling {
  readonly plan: Matrix;
  readonly steps: number;
}

/** Each step is a problem of entropic transport, which is solved so exactly. */
const INNER: SinkhornLimits = { passes: 1000, tolerance: 1e-10 };

/** It is done when no more than this mass, of 1 in all, has moved in a step. */
const SETTLED = 1e-7;
const MOST_STEPS = 200;

/**
 * Entropic fused Gromov–Wasserstein transport between uniform marginals: a stationary plan P of
 * (1 − α)·⟨C, P⟩ + α·Σ (D_ik − E_jl)²·P_ij·P_kl + ε·Σ P(ln P − 1), where D and E are the distances between the voxels of
 * either side, over the largest of both. From P = 1/(NM) on, each step is entropic transport at the cost of the gradient,
 * (1 − α)·C + 2α·(D²·1/N + 1·E²/M − 2·D·P·Eᵀ), as in Peyré et al. 2016 and POT's entropic_fused_gromov_wasserstein.
 */
export function fusedCoupling(linalg: Linalg, problem: FusedProblem): FusedCoupling {
  const { cost, places, geometry, epsilon } = problem;
  const [own, theirs] = distancesOf(places);
  const { rows, columns } = cost;
  const far = { own: meanSquares(own), theirs: meanSquares(theirs) };
  let plan = zeros(rows, columns);
  plan.data.fill(1 / (rows * columns));
  for (let step = 1; step <= MOST_STEPS; step++) {
    const along = linalg.multiply(linalg.multiply(own, plan), theirs, { right: true });
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at++) {
        const apart =
          (far.own[row] as number) + (far.theirs[column] as number) - 2 * (along.data[at] as number);
        along.data[at] = (1 - geometry) * (cost.data[at] as number) + 2 * geometry * apart;
      }
    }
    const next = sinkhorn(linalg, { cost: along, epsilon, relaxation: null }, INNER).plan;
    const moved = next.data.reduce((sum, mass, at) => sum + Math.abs(mass - (plan.data[at] as number)), 0);
    plan = next;
    if (moved <= SETTLED || geometry === 0) return { plan, steps: step };
  }
  return { plan, steps: MOST_STEPS };
}

/** Between the voxels of each side, over the largest distance of both. */
function distancesOf(places: readonly [Float64Array, Float64Array]): readonly [Matrix, Matrix] {
  const found = places.map((one) => distancesBetween(one, one)) as [Matrix, Matrix];
  const largest = found.reduce((most, { data }) => data.reduce((a, b) => Math.max(a, b), most), 0) || 1;
  for (const { data } of found) {
    for (let at = 0; at < data.length; at++) data[at] = (data[at] as number) / largest;
  }
  return found;
}

/** Of each row. */
function meanSquares({ rows, columns, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    data
      .subarray(row * columns, (row + 1) * columns)
      .reduce((sum, value) => sum + (value * value) / columns, 0),
  );
}
