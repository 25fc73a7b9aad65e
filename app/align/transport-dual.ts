import type { Linalg, SweepValues } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

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
 * All arrays are written to in place.
 */
export interface Dual {
  readonly linalg: Linalg;
  readonly problem: TransportProblem;
  /** κ = ε/ρ and τ = ρ/(ρ + ε): 0 and 1 where the marginals must be met. */
  readonly kappa: number;
  readonly tau: number;
  kernel: Matrix;
  /** α and β, which take in the scalings when these grow too large. */
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  /** a·exp(−α/ρ) and b·exp(−β/ρ): what rows and columns should have by u = v = 1. */
  readonly rowShare: Float64Array;
  readonly columnShare: Float64Array;
  /** rowShare^τ: u = rowFactor · (K·v)^−τ. */
  readonly rowFactor: Float64Array;
  /** u, and Kᵀ·u. */
  readonly values: SweepValues;
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
    kernel: cost,
    rowPotential,
    columnPotential,
    rowShare: new Float64Array(rows),
    columnShare: new Float64Array(columns),
    rowFactor: new Float64Array(rows),
    values: { rows: new Float64Array(rows).fill(1), columns: new Float64Array(columns) },
    v: new Float64Array(columns).fill(1),
    mass: new Float64Array(columns),
    wanted: new Float64Array(columns),
    gradient: new Float64Array(columns),
    error: Number.POSITIVE_INFINITY,
    passes: 0,
  };
  renewKernel(dual);
  return dual;
}

/** The best u for v, and what the columns have by it. */
export function evaluate(dual: Dual): void {
  const { values, v, mass, wanted, gradient, columnShare, kappa } = dual;
  dual.linalg.sweep(dual.kernel, v, dual.rowFactor, -dual.tau, values);
  dual.passes += 1;
  let error = 0;
  for (let at = 0; at < v.length; at++) {
    const scaling = v[at] as number;
    const has = scaling * (values.columns[at] as number);
    const share = columnShare[at] as number;
    const should = kappa === 0 ? share : share * scaling ** -kappa;
    mass[at] = has;
    wanted[at] = should;
    gradient[at] = should - has;
    error += Math.abs(should - has);
  }
  dual.error = error;
}

/** The best v for u. */
export function meetColumns({ values, v, columnShare, tau }: Dual): void {
  for (let at = 0; at < v.length; at++) {
    v[at] = ((columnShare[at] as number) / (values.columns[at] as number)) ** tau;
  }
}

/** Takes scalings that grew too large into the potentials. The plan stays as it is. */
export function absorb(dual: Dual): void {
  const { values, v, rowPotential, columnPotential } = dual;
  if (!hasFar(v) && !hasFar(values.rows)) return;
  const { epsilon } = dual.problem;
  for (const [scaling, potential] of [
    [values.rows, rowPotential],
    [v, columnPotential],
  ] as const) {
    for (let at = 0; at < scaling.length; at++) {
      potential[at] = (potential[at] as number) + epsilon * Math.log(scaling[at] as number);
    }
    scaling.fill(1);
  }
  values.columns.set(dual.mass);
  renewKernel(dual);
}

/** P, in the place of K. */
export function planOf({ kernel, values, v }: Dual): Matrix {
  const { rows, columns, data } = kernel;
  for (let row = 0, at = 0; row < rows; row++) {
    const u = values.rows[row] as number;
    for (let column = 0; column < columns; column++, at++) {
      data[at] = u * (data[at] as number) * (v[column] as number);
    }
  }
  return kernel;
}

function renewKernel(dual: Dual): void {
  const { linalg, problem, rowPotential, columnPotential, rowShare, columnShare, rowFactor, tau } = dual;
  const { epsilon, relaxation } = problem;
  dual.kernel = linalg.gibbs(problem.cost, rowPotential, columnPotential, epsilon);
  const rho = relaxation ?? Number.POSITIVE_INFINITY;
  for (let row = 0; row < rowShare.length; row++) {
    const share = Math.exp(-(rowPotential[row] as number) / rho) / rowShare.length;
    rowShare[row] = share;
    rowFactor[row] = share ** tau;
  }
  for (let column = 0; column < columnShare.length; column++) {
    columnShare[column] = Math.exp(-(columnPotential[column] as number) / rho) / columnShare.length;
  }
}

function hasFar(scaling: Float64Array): boolean {
  const [least, most] = [Math.exp(-FAR), Math.exp(FAR)];
  for (let at = 0; at < scaling.length; at++) {
    const value = scaling[at] as number;
    if (value < least || value > most) return true;
  }
  return false;
}
