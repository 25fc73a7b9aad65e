import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/**
 * Entropic optimal transport between uniform marginals a = 1/N and b = 1/M: the plan P (N × M) that makes least of
 * ⟨C, P⟩ + ε·Σ P(ln P − 1), with the row sums a and the column sums b, or with ρ·KL(P1 | a) + ρ·KL(Pᵀ1 | b) added
 * instead (Cuturi 2013; Chizat et al. 2018).
 */
export interface TransportProblem {
  readonly cost: Matrix;
  /** ε, in units of the cost. */
  readonly epsilon: number;
  /** ρ, in units of the cost; null where the marginals must be met. */
  readonly relaxation: number | null;
}

/**
 * The dual problem where it stands: P = diag(u)·K·diag(v), K = exp((α + β − C)/ε), where u is the best there is for v.
 * The arrays are written to in place.
 */
export interface Dual {
  readonly linalg: Linalg;
  readonly problem: TransportProblem;
  /** κ = ε/ρ and τ = ρ/(ρ + ε): 0 and 1 where the marginals must be met. */
  readonly kappa: number;
  readonly tau: number;
  readonly kernel: Matrix;
  /** α and β, which take in the scalings when these grow too large. */
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  /** a·exp(−α/ρ) and b·exp(−β/ρ): what rows and columns should have by u = v = 1. */
  readonly rowShare: Float64Array;
  readonly columnShare: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** What the columns have, what they should have, and what they lack. */
  readonly mass: Float64Array;
  readonly wanted: Float64Array;
  readonly gradient: Float64Array;
  /** The sum of what they lack or have too much. */
  error: number;
  /** Over the matrix, so far. */
  passes: number;
}

/** The logarithm of a scaling that is absorbed: products of scalings stay far from what double precision holds. */
const FAR = 300;

/** Smaller exponents give 0: numbers too small to be normal are slow to multiply, and no scaling makes them count. */
const LEAST = -700;

/**
 * From the potentials that make the largest element of each row and each column of K a 1, so that no sum vanishes,
 * however small ε is.
 */
export function dualOf(linalg: Linalg, problem: TransportProblem): Dual {
  const { cost, epsilon, relaxation } = problem;
  const { rows, columns } = cost;
  const kappa = relaxation === null ? 0 : epsilon / relaxation;
  const rowPotential = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const columnPotential = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  for (let row = 0, at = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let column = 0; column < columns; column++) {
      least = Math.min(least, cost.data[at + column] as number);
    }
    rowPotential[row] = least;
    for (let column = 0; column < columns; column++, at++) {
      const over = (cost.data[at] as number) - least;
      if (over < (columnPotential[column] as number)) columnPotential[column] = over;
    }
  }
  const dual: Dual = {
    linalg,
    problem,
    kappa,
    tau: 1 / (1 + kappa),
    kernel: zeros(rows, columns),
    rowPotential,
    columnPotential,
    rowShare: new Float64Array(rows),
    columnShare: new Float64Array(columns),
    u: new Float64Array(rows),
    v: new Float64Array(columns).fill(1),
    mass: new Float64Array(columns),
    wanted: new Float64Array(columns),
    gradient: new Float64Array(columns),
    error: Number.POSITIVE_INFINITY,
    passes: 0,
  };
  renewKernel(dual);
  evaluate(dual);
  return dual;
}

/** The best u for v, and what the columns have by it. */
export function evaluate(dual: Dual): void {
  const { u, v, mass, wanted, gradient, rowShare, columnShare, kappa, tau } = dual;
  const along = timesColumn(dual, v);
  for (let row = 0; row < u.length; row++)
    u[row] = raised((rowShare[row] as number) / (along[row] as number), tau);
  const sums = timesRow(dual, u);
  let error = 0;
  for (let at = 0; at < v.length; at++) {
    const scaling = v[at] as number;
    const has = scaling * (sums[at] as number);
    const should = (columnShare[at] as number) * raised(scaling, -kappa);
    mass[at] = has;
    wanted[at] = should;
    gradient[at] = should - has;
    error += Math.abs(should - has);
  }
  dual.error = error;
}

/** The best v for u. */
export function meetColumns({ mass, v, columnShare, tau }: Dual): void {
  for (let at = 0; at < v.length; at++) {
    const sum = (mass[at] as number) / (v[at] as number);
    v[at] = raised((columnShare[at] as number) / sum, tau);
  }
}

/** K·x, for a number per column. */
export function timesColumn(dual: Dual, x: Float64Array): Float64Array {
  dual.passes += 0.5;
  return dual.linalg.multiply(dual.kernel, { rows: x.length, columns: 1, data: x }).data;
}

/** Kᵀ·x, for a number per row. */
export function timesRow(dual: Dual, x: Float64Array): Float64Array {
  dual.passes += 0.5;
  return dual.linalg.multiply({ rows: 1, columns: x.length, data: x }, dual.kernel).data;
}

/** Takes scalings that grew too large into the potentials. The plan stays as it is. */
export function absorb(dual: Dual): void {
  const { u, v, rowPotential, columnPotential } = dual;
  if (!hasFar(v) && !hasFar(u)) return;
  const { epsilon } = dual.problem;
  for (const [scaling, potential] of [
    [u, rowPotential],
    [v, columnPotential],
  ] as const) {
    for (let at = 0; at < scaling.length; at++) {
      potential[at] = (potential[at] as number) + epsilon * Math.log(scaling[at] as number);
    }
    scaling.fill(1);
  }
  renewKernel(dual);
}

/** P, in the place of K. */
export function planOf({ kernel, u, v }: Dual): Matrix {
  const { rows, columns, data } = kernel;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      data[at] = (u[row] as number) * (data[at] as number) * (v[column] as number);
    }
  }
  return kernel;
}

function renewKernel({ problem, kernel, rowPotential, columnPotential, rowShare, columnShare }: Dual): void {
  const { cost, epsilon, relaxation } = problem;
  for (let row = 0, at = 0; row < kernel.rows; row++) {
    const potential = rowPotential[row] as number;
    for (let column = 0; column < kernel.columns; column++, at++) {
      const exponent =
        (potential + (columnPotential[column] as number) - (cost.data[at] as number)) / epsilon;
      kernel.data[at] = exponent < LEAST ? 0 : Math.exp(exponent);
    }
  }
  const rho = relaxation ?? Number.POSITIVE_INFINITY;
  for (const [share, potential] of [
    [rowShare, rowPotential],
    [columnShare, columnPotential],
  ] as const) {
    for (let at = 0; at < share.length; at++)
      share[at] = Math.exp(-(potential[at] as number) / rho) / share.length;
  }
}

/** Where marginals must be met the powers are 1 and 0, and the time of `**` is saved. */
function raised(value: number, power: number): number {
  return power === 1 ? value : power === 0 ? 1 : value ** power;
}

function hasFar(scaling: Float64Array): boolean {
  const [least, most] = [Math.exp(-FAR), Math.exp(FAR)];
  for (let at = 0; at < scaling.length; at++) {
    const value = scaling[at] as number;
    if (value < least || value > most) return true;
  }
  return false;
}
