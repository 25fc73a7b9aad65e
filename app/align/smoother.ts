import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, type Matrix, zeros } from "#app/linalg/matrix.ts";
import { dot } from "#app/linalg/vector.ts";

/**
 * λ̄ of X (T × V, centred): `ridge` times the mean square of its min(T, V) singular values. The sum of all squares is taken
 * where it is not known.
 */
export function scaledRidge(
  { rows, columns, data }: Matrix,
  ridge: number,
  squaredNorm = dot(data, data),
): number {
  return (ridge * squaredNorm) / Math.min(rows, columns);
}

/** W with W·Wᵀ = (A·Aᵀ + λ̄I)⁻¹ for the shorter side of X. */
function inverseRoot(linalg: Linalg, short: Matrix, added: number): Matrix {
  const gram = linalg.gram(short);
  addDiagonal(gram, added);
  return linalg.weightedRoot(gram, gram.rows).weights;
}

/**
 * How ridge regression on a subject's voxels smooths any T values: K = X(XᵀX + λ̄I)⁻¹Xᵀ, T × T, for X of T × V. With
 * more samples than voxels by the root W of (XᵀX + λ̄I)⁻¹, K = XW·(XW)ᵀ; else as I − λ̄(XXᵀ + λ̄I)⁻¹.
 */
export function smoother(linalg: Linalg, samples: Matrix, ridge: number): Matrix {
  const { rows, columns } = samples;
  const added = scaledRidge(samples, ridge);
  if (rows >= columns) {
    return linalg.gram(linalg.multiply(samples, inverseRoot(linalg, linalg.transpose(samples), added)));
  }
  const out = linalg.gram(inverseRoot(linalg, samples, added));
  for (let at = 0; at < out.data.length; at++) out.data[at] = -added * (out.data[at] as number);
  addDiagonal(out, 1);
  return out;
}

/** The ridge regression of a target (T × k) on the voxels: (XᵀX + λ̄I)⁻¹Xᵀ·target = Xᵀ(XXᵀ + λ̄I)⁻¹·target, V × k. */
export function smootherMap(linalg: Linalg, samples: Matrix, ridge: number, target: Matrix): Matrix {
  return ridgeMap(linalg, samples, scaledRidge(samples, ridge), target);
}

/** The same with a ridge that is added to the squares as it is. */
export function ridgeMap(linalg: Linalg, samples: Matrix, added: number, target: Matrix): Matrix {
  const { rows, columns } = samples;
  // Samples that don't vary say nothing.
  if (!(added > 0)) return zeros(columns, target.columns);
  if (rows < columns) {
    return linalg.multiply(samples, dualWeights(linalg, samples, added, target), { left: true });
  }
  const gram = linalg.gram(linalg.transpose(samples));
  addDiagonal(gram, added);
  return linalg.solve(gram, linalg.multiply(samples, target, { left: true }));
}

/** What that regression says of the target in the samples themselves, T × k; with T < V it costs less than the map. */
export function ridgeFitted(linalg: Linalg, samples: Matrix, added: number, target: Matrix): Matrix {
  if (!(added > 0) || samples.rows >= samples.columns) {
    return linalg.multiply(samples, ridgeMap(linalg, samples, added, target));
  }
  const weights = dualWeights(linalg, samples, added, target);
  return { ...target, data: target.data.map((value, at) => value - added * (weights.data[at] as number)) };
}

/** (XXᵀ + added·I)⁻¹·target, T × k. */
export function dualWeights(linalg: Linalg, samples: Matrix, added: number, target: Matrix): Matrix {
  const gram = linalg.gram(samples);
  addDiagonal(gram, added);
  return linalg.solve(gram, target);
}
