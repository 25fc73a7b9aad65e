import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** How far each of some places (N × 3, in mm) is from each of others (M × 3): N × M. */
export function distancesBetween(places: Float64Array, others: Float64Array): Matrix {
  const out = zeros(places.length / 3, others.length / 3);
  for (let row = 0, at = 0; row < places.length; row += 3) {
    for (let column = 0; column < others.length; column += 3, at++) {
      let squares = 0;
      for (let axis = 0; axis < 3; axis++) {
        squares += ((places[row + axis] as number) - (others[column + axis] as number)) ** 2;
      }
      out.data[at] = Math.sqrt(squares);
    }
  }
  return out;
}
