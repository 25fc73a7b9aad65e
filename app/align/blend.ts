import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** A weighted sum of spaces of the same size. */
export type Blend = readonly { readonly space: Matrix; readonly weight: number }[];

/** The sum, taken in the order given. */
export function blend(parts: Blend): Matrix {
  const { rows, columns } = (parts[0] as Blend[number]).space;
  const out = zeros(rows, columns);
  const sum = out.data;
  for (const { space, weight } of parts) {
    const { data } = space;
    for (let at = 0; at < sum.length; at++) {
      sum[at] = (sum[at] as number) + (data[at] as number) * weight;
    }
  }
  return out;
}
