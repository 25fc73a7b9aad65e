import type { RightVectors } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { identity, type Matrix, transpose } from "#app/linalg/matrix.ts";

/**
 * q orthonormal directions among V voxels. Their rows are the samples, mostly, which need no memory of their own here;
 * weights are n × q.
 */
export type Span = RightVectors;

/** The directions themselves, q × V. */
export function directions(linalg: Linalg, { rows, weights }: Span): Matrix {
  return weights === null ? rows : linalg.multiply(weights, rows, { left: true });
}

/** The weights themselves, n × q. */
export function weightsOf({ rows, weights }: Span): Matrix {
  return weights ?? identity(rows.rows);
}

/** A span of the columns of a matrix, V × q. */
export function spanOf(columns: Matrix): Span {
  return { rows: transpose(columns), weights: null };
}
