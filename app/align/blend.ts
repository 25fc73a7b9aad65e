import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** A weighted sum of spaces of the same size. */
export type Blend = readonly { readonly space: Matrix; readonly weight: number }[];

/** The sum, taken in the order given; z-scored by voxel if asked. */
export function blend(linalg: Linalg, parts: Blend, zscore: boolean): Matrix {
  return linalg.blend(
    parts.map(({ space }) => space),
    parts.map(({ weight }) => weight),
    zscore,
  );
}
