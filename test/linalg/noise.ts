import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";

/** Standard normal values by Box and Muller from a 32-bit congruential generator. */
export function noise(rows: number, columns: number, seed: number): Matrix {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const values = Array.from({ length: rows * columns }, () => {
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  });
  return matrixFrom(rows, columns, values);
}
