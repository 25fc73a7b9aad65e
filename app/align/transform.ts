import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, scaleAndShift, sum, transpose, zeros } from "#app/linalg/matrix.ts";
import { denseOf, type SparseMatrix, transposeSparse } from "#app/linalg/sparse-matrix.ts";
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
  const { map, scale, offsetIn, offsetOut } = transform;
  const out = timesMap(linalg, lessOffsets(samples, offsetIn), map);
  scaleAndShift(out, scale, offsetOut);
  return out;
}

/** Rows (rows × V_source) times the linear part. */
export function timesMap(linalg: Linalg, rows: Matrix, map: LinearMap): Matrix {
  if (map.kind === "dense") return linalg.multiply(rows, map.matrix);
  if (map.kind === "sparse") return linalg.timesSparse(rows, map.matrix);
  const projected = map.left.map((left) => linalg.multiply(rows, left, { right: true }));
  const out = timesSpanned(linalg, projected, map);
  const { source, target } = map.shared;
  for (let row = 0; row < out.rows; row++) {
    for (let k = 0; k < source.length; k++) {
      const at = row * out.columns + (target[k] as number);
      const from = row * rows.columns + (source[k] as number);
      out.data[at] = (out.data[at] as number) + (rows.data[from] as number);
    }
  }
  return out;
}

/** The map the other way, V_target × V_source: its transpose, which is its inverse where it is orthogonal. */
export function transposedMap(map: LinearMap): LinearMap {
  if (map.kind === "dense") return { kind: "dense", matrix: transpose(map.matrix) };
  if (map.kind === "sparse") return { kind: "sparse", matrix: transposeSparse(map.matrix) };
  const { left, core, right, shared } = map;
  return {
    kind: "spanned",
    left: right,
    core: right.map((_, j) => core.map((line) => transpose(line[j] as Matrix))),
    right: left,
    shared: { source: shared.target, target: shared.source },
  };
}

/** The linear part times the scale as one matrix, V_source × V_target: the transform's own where it is that. */
export function denseMap(linalg: Linalg, { map, scale, offsetIn, offsetOut }: Transform): Matrix {
  if (map.kind === "dense" && scale === 1) return map.matrix;
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
