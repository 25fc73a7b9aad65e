import type { SweepValues } from "#app/linalg/linalg.ts";
import { type Dual, evaluate } from "./transport-dual.ts";

/** What a step is worked out in, once for all steps. */
interface NewtonRoom {
  /** u²/(r·(1 + κ)), r what the rows have. */
  readonly weights: Float64Array;
  /** The diagonal of the equations, of what adds to what is there, and of what takes from it. */
  readonly own: Float64Array;
  readonly diagonal: Float64Array;
  readonly step: Float64Array;
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  readonly scaled: Float64Array;
  /** What the equations make of the direction. */
  readonly image: Float64Array;
  readonly values: SweepValues;
  /** v before the step. */
  readonly from: Float64Array;
}

/** No step moves the logarithm of a scaling further. */
const FURTHEST = 50;

/** Below this share of the mass a diagonal element is lost in rounding. */
const LEAST_DIAGONAL = 1e-9;

export function newtonRoom({ kernel: { rows, columns } }: Dual): NewtonRoom {
  const column = () => new Float64Array(columns);
  return {
    weights: new Float64Array(rows),
    own: column(),
    diagonal: column(),
    step: column(),
    residual: column(),
    direction: column(),
    scaled: column(),
    image: column(),
    values: { rows: new Float64Array(rows), columns: column() },
    from: column(),
  };
}

/**
 * A step of Newton's on the dual function of ln v alone, which is concave and whose gradient is what the columns lack.
 * A whole step goes too far where the slope along it has turned and is half as steep as at its foot; it is halved then.
 * False, and v as it was, if nothing comes of it or no pass is left of so many.
 */
export function newtonStep(dual: Dual, room: NewtonRoom, passes: number): boolean {
  const { v, gradient } = dual;
  const { step, from } = room;
  solve(dual, room, passes);
  const slope = product(step, gradient);
  let furthest = 0;
  for (let at = 0; at < step.length; at++) furthest = Math.max(furthest, Math.abs(step[at] as number));
  from.set(v);
  for (let share = Math.min(1, FURTHEST / furthest); share > 1e-6 && dual.passes < passes; share /= 2) {
    for (let at = 0; at < v.length; at++)
      v[at] = (from[at] as number) * Math.exp(share * (step[at] as number));
    evaluate(dual);
    if (product(step, gradient) >= -0.5 * slope) return true;
  }
  v.set(from);
  evaluate(dual);
  return false;
}

/**
 * The step z of (D − Pᵀ·diag(1/(r·(1 + κ)))·P)·z = gradient, D = what the columns have + κ times what they should
 * have: by conjugate gradients with the diagonal, as exactly as the error is small, in one pass over K each.
 */
function solve(dual: Dual, room: NewtonRoom, passes: number): void {
  const { error, gradient } = dual;
  const { diagonal, step, residual, direction, image } = room;
  ready(dual, room);
  step.fill(0);
  residual.set(gradient);
  for (let at = 0; at < step.length; at++) {
    direction[at] = (residual[at] as number) / (diagonal[at] as number);
  }
  let size = product(residual, direction);
  const enough = Math.min(0.0625, error) * size;
  for (let turn = 0; turn < 2 * step.length && size > enough && dual.passes < passes; turn++) {
    multiply(dual, room);
    const curvature = product(direction, image);
    // Rounding where the equations leave a direction open.
    if (!(curvature > 0)) return;
    const length = size / curvature;
    let next = 0;
    for (let at = 0; at < step.length; at++) {
      step[at] = (step[at] as number) + length * (direction[at] as number);
      const left = (residual[at] as number) - length * (image[at] as number);
      residual[at] = left;
      next += (left * left) / (diagonal[at] as number);
    }
    for (let at = 0; at < step.length; at++) {
      direction[at] =
        (residual[at] as number) / (diagonal[at] as number) + (next / size) * (direction[at] as number);
    }
    size = next;
  }
}

/** The equations' parts at this v. */
function ready(dual: Dual, { weights, own, diagonal }: NewtonRoom): void {
  const { kernel, values, v, mass, wanted, rowShare, kappa, tau } = dual;
  const width = v.length;
  diagonal.fill(0);
  for (let row = 0, at = 0; row < weights.length; row++) {
    const u = values.rows[row] as number;
    const weight = (tau * u ** (2 + kappa)) / (rowShare[row] as number);
    weights[row] = weight;
    for (let column = 0; column < width; column++, at++) {
      diagonal[column] = (diagonal[column] as number) + weight * (kernel.data[at] as number) ** 2;
    }
  }
  for (let at = 0; at < width; at++) {
    const whole = (mass[at] as number) + kappa * (wanted[at] as number);
    own[at] = whole;
    diagonal[at] = Math.max(
      whole - (v[at] as number) ** 2 * (diagonal[at] as number),
      LEAST_DIAGONAL * whole,
    );
  }
  dual.passes += 1;
}

/** The equations' image of the direction. */
function multiply(dual: Dual, { weights, own, direction, scaled, image, values }: NewtonRoom): void {
  const { v } = dual;
  for (let at = 0; at < v.length; at++) scaled[at] = (v[at] as number) * (direction[at] as number);
  dual.linalg.sweep(dual.kernel, scaled, weights, 1, values);
  dual.passes += 1;
  for (let at = 0; at < v.length; at++) {
    image[at] =
      (own[at] as number) * (direction[at] as number) - (v[at] as number) * (values.columns[at] as number);
  }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
