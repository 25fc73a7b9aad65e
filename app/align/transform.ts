import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, sum, transpose, zeros } from "#app/linalg/matrix.ts";
import { denseOf, type SparseMatrix, timesSparse } from "#app/linalg/sparse-matrix.ts";
import type { SharedVoxels } from "./shared-voxels.ts";

/**
 * The linear part of a transform, V_source × V_target. `spanned` is J + Σᵢⱼ leftᵢᵀ · coreᵢⱼ · rightⱼ, where J carries
 * the shared voxels over unchanged; the rows of left are over V_source, those of right over V_target. They are the
 * samples that were aligned, mostly, which lie in memory anyway. `sparse` is of voxels that go to voxels near them.
 */
export type LinearMap =
  | { readonly kind: "dense"; readonly matrix: Matrix }
  | { readonly kind: "sparse"; readonly matrix: SparseMatrix }
  | {
      readonly kind: "spanned";
      readonly left: readonly Matrix[];
      readonly core: readonly (readonly Matrix[])[];
      readonly right: readonly Matrix[];
      readonly shared: SharedVoxels;
    };

/** X ↦ (X − offsetIn) · map · scale + offsetOut, rows of X being samples. */
export interface Transform {
  readonly offsetIn: Float64Array;
  readonly offsetOut: Float64Array;
  readonly scale: number;
  readonly map: LinearMap;
}

/** The transform that takes off `offsetIn` and maps voxels to components by a matrix, V × k. */
export function toComponents(offsetIn: Float64Array, matrix: Matrix): Transform {
  return { offsetIn, offsetOut: new Float64Array(matrix.columns), scale: 1, map: { kind: "dense", matrix } };
}

/** The samples (rows × V_source) in the common space (rows × V_target). */
export function applyTransform(linalg: Linalg, transform: Transform, samples: Matrix): Matrix {
  const centred = lessOffsets(samples, transform.offsetIn);
  const { map, scale, offsetOut } = transform;
  const out = timesMap(linalg, centred, map);
  const width = out.columns;
  if (map.kind === "spanned") {
    const { source, target } = map.shared;
    for (let row = 0; row < out.rows; row++) {
      for (let k = 0; k < source.length; k++) {
        const at = row * width + (target[k] as number);
        const from = row * centred.columns + (source[k] as number);
        out.data[at] = (out.data[at] as number) + (centred.data[from] as number);
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
export function denseMap(linalg: Linalg, { map, scale, offsetIn, offsetOut }: Transform): Matrix {
  const out = zeros(offsetIn.length, offsetOut.length);
  if (map.kind !== "spanned") {
    out.data.set((map.kind === "sparse" ? denseOf(map.matrix) : map.matrix).data);
  } else {
    out.data.set(timesSpanned(linalg, map.left.map(transpose), map).data);
    map.shared.source.forEach((source, k) => {
      const at = source * out.columns + (map.shared.target[k] as number);
      out.data[at] = (out.data[at] as number) + 1;
    });
  }
  for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] as number) * scale;
  return out;
}

/** The samples times the map, but for what it carries over unchanged. */
function timesMap(linalg: Linalg, centred: Matrix, map: LinearMap): Matrix {
  if (map.kind === "dense") return linalg.multiply(centred, map.matrix);
  if (map.kind === "sparse") return timesSparse(centred, map.matrix);
  const projected = map.left.map((rows) => linalg.multiply(centred, rows, { right: true }));
  return timesSpanned(linalg, projected, map);
}

/** Σᵢⱼ projectedᵢ · coreᵢⱼ · rightⱼ. */
function timesSpanned(
  linalg: Linalg,
  projected: readonly Matrix[],
  { core, right }: LinearMap & { readonly kind: "spanned" },
): Matrix {
  const parts = right.map((rows, j) => {
    const along = projected.map((one, i) => linalg.multiply(one, core[i]?.[j] as Matrix));
    return linalg.multiply(sum(along), rows);
  });
  return sum(parts);
}
