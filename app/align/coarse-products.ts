import type { Linalg, Transposed } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, type Single } from "#app/linalg/matrix.ts";

/** More numbers than this leave the second cache, and are read from memory each time that they are gone through. */
const IN_CACHE = 256 * 1024;

/** Whether going through a matrix takes long enough to be worth doing in single precision. */
export function isLarge({ data }: Matrix): boolean {
  return data.length > IN_CACHE;
}

/** op(A) · op(B) in the precision of the samples among them; what comes of it is small. */
export function through(
  linalg: Linalg,
  a: Matrix | Single,
  b: Matrix | Single,
  transposed: Transposed,
): Matrix {
  if (isDouble(a) && isDouble(b)) return linalg.multiply(a, b, transposed);
  return doubled(linalg.multiplySingle(asSingle(linalg, a), asSingle(linalg, b), transposed));
}

/** X·Xᵀ·A in the precision of X. */
export function throughTwice(linalg: Linalg, a: Matrix, x: Matrix | Single): Matrix {
  if (isDouble(x)) return linalg.multiply(x, linalg.multiply(a, x, { left: true }), { right: true });
  const along = linalg.multiplySingle(linalg.single(a), x, { left: true });
  return doubled(linalg.multiplySingle(x, along, { right: true }));
}

function doubled({ rows, columns, data }: Single): Matrix {
  return matrixFrom(rows, columns, data);
}

function isDouble(matrix: Matrix | Single): matrix is Matrix {
  return matrix.data instanceof Float64Array;
}

function asSingle(linalg: Linalg, matrix: Matrix | Single): Single {
  return isDouble(matrix) ? linalg.single(matrix) : matrix;
}
