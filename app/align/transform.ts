import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/**
 * The linear part of a transform, V_source × V_target. `factored` is J + left · rightᵀ, where J carries the
 * voxel pairs in `shared` over unchanged (no pairs: J is zero) and left, right have as many columns as rank.
 */
export type LinearMap =
  | { readonly kind: "dense"; readonly matrix: Matrix }
  | {
      readonly kind: "factored";
      readonly left: Matrix;
      readonly right: Matrix;
      readonly shared: readonly (readonly [source: number, target: number])[];
    };

/** X ↦ (X − offsetIn) · map · scale + offsetOut, rows of X being samples. */
export interface Transform {
  readonly offsetIn: Float64Array;
  readonly offsetOut: Float64Array;
  readonly scale: number;
  readonly map: LinearMap;
}

/** The samples (rows × V_source) in the common space (rows × V_target). */
export function applyTransform(linalg: Linalg, transform: Transform, samples: Matrix): Matrix {
  const centred = centre(samples, transform.offsetIn);
  const { map, scale, offsetOut } = transform;
  const out =
    map.kind === "dense"
      ? linalg.multiply(centred, map.matrix)
      : linalg.multiply(linalg.multiply(centred, map.left), map.right, { right: true });
  const width = out.columns;
  if (map.kind === "factored") {
    for (let row = 0; row < out.rows; row++) {
      for (const [source, target] of map.shared) {
        const at = row * width + target;
        out.data[at] = (out.data[at] as number) + (centred.data[row * centred.columns + source] as number);
      }
    }
  }
  for (let at = 0, column = 0; at < out.data.length; at++) {
    out.data[at] = (out.data[at] as number) * scale + (offsetOut[column] as number);
    column = column + 1 === width ? 0 : column + 1;
  }
  return out;
}

/** The linear part times the scale as one matrix, V_source × V_target. */
export function denseMap(linalg: Linalg, transform: Transform): Matrix {
  const { map, scale } = transform;
  const out = zeros(transform.offsetIn.length, transform.offsetOut.length);
  const product = map.kind === "dense" ? map.matrix : linalg.multiply(map.left, map.right, { right: true });
  out.data.set(product.data);
  if (map.kind === "factored") {
    for (const [source, target] of map.shared) {
      const at = source * out.columns + target;
      out.data[at] = (out.data[at] as number) + 1;
    }
  }
  for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] as number) * scale;
  return out;
}

/** Mean of each column, V. */
export function columnMeans(matrix: Matrix): Float64Array {
  const means = new Float64Array(matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      means[column] = (means[column] as number) + (matrix.data[start + column] as number);
    }
  }
  for (let column = 0; column < matrix.columns; column++) {
    means[column] = (means[column] as number) / matrix.rows;
  }
  return means;
}

/** A copy with `offsets` taken from every row. */
export function centre(matrix: Matrix, offsets: Float64Array): Matrix {
  const out = zeros(matrix.rows, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    const start = row * matrix.columns;
    for (let column = 0; column < matrix.columns; column++) {
      out.data[start + column] = (matrix.data[start + column] as number) - (offsets[column] as number);
    }
  }
  return out;
}
