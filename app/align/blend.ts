import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** A weighted sum of spaces of the same size. */
export type Blend = readonly { readonly space: Matrix; readonly weight: number }[];

/** The sum, taken in the order given. */
export function blend(linalg: Linalg, parts: Blend): Matrix {
  const [first] = parts as readonly [Blend[number]];
  const out = zeros(first.space.rows, first.space.columns);
  for (const { space, weight } of parts) linalg.addScaled(out, space, weight);
  return out;
}
