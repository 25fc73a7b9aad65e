import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** A common space may have columns of nothing: this share of its mean column's square keeps the regression whole. */
const RIDGE = 1e-6;

/**
 * How a subject's voxels follow from the columns of a common space (T × k): the regression of X (T × V) on it, k × V,
 * by (CᵀC + ρI)⁻¹·CᵀX with ρ a millionth of the mean diagonal of CᵀC.
 */
export function backProjection(linalg: Linalg, space: Matrix, samples: Matrix): Matrix {
  const gram = linalg.multiply(space, space, { left: true });
  const size = gram.rows;
  let trace = 0;
  for (let at = 0; at < size; at++) trace += gram.data[at * (size + 1)] as number;
  for (let at = 0; at < size; at++) {
    gram.data[at * (size + 1)] = (gram.data[at * (size + 1)] as number) + (RIDGE * trace) / size;
  }
  const { weights } = linalg.root(gram, size);
  const cross = linalg.multiply(space, samples, { left: true });
  return linalg.multiply(weights, linalg.multiply(weights, cross, { left: true }));
}
