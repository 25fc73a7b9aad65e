import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, firstColumns, type Matrix, negate } from "#app/linalg/matrix.ts";

/**
 * A partial isometry R (V × V, of a rank not far from V) with the other directions turned as little as possible: with
 * N and M orthonormal bases of what R and Rᵀ leave out, R + N · polar(Nᵀ·M) · Mᵀ is the orthogonal matrix nearest
 * the identity that agrees with R. Directions whose cosine is below `limit` are dropped: there the choice is open.
 */
export function fillComplement(linalg: Linalg, isometry: Matrix, rank: number, limit: number): Matrix {
  const left = leftOut(linalg, isometry, rank);
  const right = leftOut(linalg, linalg.transpose(isometry), rank);
  const { u, values, v } = gramSvd(linalg, linalg.multiply(left, right, { left: true }));
  const kept = values.filter((cosine) => cosine > limit).length;
  const out = { ...isometry, data: isometry.data.slice() };
  const [from, to] = [
    linalg.multiply(left, firstColumns(u, kept)),
    linalg.multiply(right, firstColumns(v, kept)),
  ];
  linalg.addProduct(out, from, to, { right: true });
  return out;
}

/**
 * An orthonormal basis, V × (V − rank), of what the projector P = R·Rᵀ leaves out: a root L of I − P = L·Lᵀ has
 * orthonormal columns by itself, since (L·Lᵀ)² = L·Lᵀ.
 */
function leftOut(linalg: Linalg, isometry: Matrix, rank: number): Matrix {
  const rest = negate(linalg.gram(isometry));
  addDiagonal(rest, 1);
  // A voxel that R takes over whole is left with rounding, and a root takes none below 0.
  for (let at = 0; at < rest.data.length; at += rest.rows + 1)
    rest.data[at] = Math.max(0, rest.data[at] as number);
  return firstColumns(linalg.root(rest, rest.rows).root, rest.rows - rank);
}
