import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * How far subjects agree on each component: the mean over subjects of the correlation of their projections (T × k each,
 * column means 0) with the sum of the others', or 0 where that is less.
 */
export function componentReliability(projected: readonly Matrix[]): Float64Array {
  const { rows, columns } = projected[0] as Matrix;
  const total = new Float64Array(rows * columns);
  for (const { data } of projected) {
    for (let at = 0; at < data.length; at++) total[at] = (total[at] as number) + (data[at] as number);
  }
  return Float64Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (const { data } of projected) {
      let [cross, own, others] = [0, 0, 0];
      for (let at = column; at < data.length; at += columns) {
        const value = data[at] as number;
        const rest = (total[at] as number) - value;
        cross += value * rest;
        own += value * value;
        others += rest * rest;
      }
      if (own > 0 && others > 0) sum += cross / Math.sqrt(own * others);
    }
    return Math.max(0, sum / projected.length);
  });
}
