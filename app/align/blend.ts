import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** A weighted sum of spaces of the same size. */
export type Blend = readonly { readonly space: Matrix; readonly weight: number }[];

/** The sum, taken in the order given. */
export function blend(parts: Blend): Matrix {
  const [first, ...others] = parts as readonly [Blend[number], ...Blend];
  const out = zeros(first.space.rows, first.space.columns);
  const sum = out.data;
  for (let at = 0; at < sum.length; at++) sum[at] = (first.space.data[at] as number) * first.weight;
  for (const { space, weight } of others) {
    const { data } = space;
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (data[at] as number) * weight;
  }
  return out;
}
