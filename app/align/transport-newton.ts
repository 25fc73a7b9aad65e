import { dot } from "#app/linalg/vector.ts";
import { type Dual, evaluate, timesColumn, timesRow } from "./transport-dual.ts";

/** No step moves the logarithm of a scaling further. */
const FURTHEST = 50;

/** Shares of a step below this one are not tried. */
const SHORTEST = 1e-6;

/** Below this share of the mass an element of the diagonal is lost in rounding. */
const LEAST_DIAGONAL = 1e-9;

/**
 * A step of Newton's on the dual function of ln v alone, which is concave and whose gradient is what the columns lack.
 * A whole step goes too far where the slope along it has turned and is half as steep as at its foot; it is halved then.
 * False, and v as it was, if nothing comes of it or no pass is left of so many.
 */
export function newtonStep(dual: Dual, passes: number): boolean {
  const { v, gradient } = dual;
  const step = solve(dual, passes);
  const slope = dot(step, gradient);
  let furthest = 0;
  for (let at = 0; at < step.length; at++) furthest = Math.max(furthest, Math.abs(step[at] as number));
  const from = v.slice();
  for (let share = Math.min(1, FURTHEST / furthest); share > SHORTEST && dual.passes < passes; share /= 2) {
    for (let at = 0; at < v.length; at++) {
      v[at] = (from[at] as number) * Math.exp(share * (step[at] as number));
    }
    evaluate(dual);
    if (dot(step, gradient) >= -0.5 * slope) return true;
  }
  v.set(from);
  evaluate(dual);
  return false;
}

/**
 * The step z of (D − Pᵀ·diag(1/(r·(1 + κ)))·P)·z = gradient, where the rows have r, and D is what the columns have + κ
 * times what they should have: by conjugate gradients with the diagonal, as exactly as the error is small.
 */
function solve(dual: Dual, passes: number): Float64Array {
  const { v, u, gradient, mass, wanted, rowShare, kappa, tau } = dual;
  const own = mass.map((has, at) => has + kappa * (wanted[at] as number));
  // τ·u²/r.
  const weights = u.map((scaling, row) => (tau * scaling ** (2 + kappa)) / (rowShare[row] as number));
  const diagonal = diagonalOf(dual, own, weights);
  const step = new Float64Array(v.length);
  const residual = gradient.slice();
  const direction = residual.map((value, at) => value / (diagonal[at] as number));
  let size = dot(residual, direction);
  const enough = Math.min(0.0625, dual.error) * size;
  for (let turn = 0; turn < 2 * step.length && size > enough && dual.passes < passes; turn++) {
    const along = timesColumn(dual, multiplied(v, direction));
    const taken = timesRow(dual, multiplied(weights, along));
    const image = direction.map(
      (value, at) => (own[at] as number) * value - (v[at] as number) * (taken[at] as number),
    );
    const curvature = dot(direction, image);
    // Rounding where the equations leave a direction open.
    if (!(curvature > 0)) break;
    const length = size / curvature;
    let next = 0;
    for (let at = 0; at < step.length; at++) {
      step[at] = (step[at] as number) + length * (direction[at] as number);
      const left = (residual[at] as number) - length * (image[at] as number);
      residual[at] = left;
      next += (left * left) / (diagonal[at] as number);
    }
    for (let at = 0; at < step.length; at++) {
      const ready = (residual[at] as number) / (diagonal[at] as number);
      direction[at] = ready + (next / size) * (direction[at] as number);
    }
    size = next;
  }
  return step;
}

/** Of the equations' matrix, all of it: with D alone little regularisation takes more passes than there are. */
function diagonalOf({ kernel, v }: Dual, own: Float64Array, weights: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  for (let row = 0, at = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    for (let column = 0; column < out.length; column++, at++) {
      out[column] = (out[column] as number) + weight * (kernel.data[at] as number) ** 2;
    }
  }
  for (let at = 0; at < out.length; at++) {
    const whole = own[at] as number;
    out[at] = Math.max(whole - (v[at] as number) ** 2 * (out[at] as number), LEAST_DIAGONAL * whole);
  }
  return out;
}

/** Element by element. */
function multiplied(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value * (b[at] as number));
}
