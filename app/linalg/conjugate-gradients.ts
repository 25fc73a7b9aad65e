import { type Matrix, zeros } from "./matrix.ts";
import { dot } from "./vector.ts";

/** Equations are solved to this share of their right side, in so many steps at most. */
const TOLERANCE = 1e-8;
const MOST_STEPS = 2000;

/**
 * Z (rows × n) of operator(Z) + shift·Z = right for an operator on rows that is symmetric and positive semidefinite: each
 * row on its own, by conjugate gradients (Hestenes & Stiefel 1952). The operator's matrix is never formed.
 */
export function solveShifted(operator: (rows: Matrix) => Matrix, right: Matrix, shift: number): Matrix {
  const { rows, columns } = right;
  const out = zeros(rows, columns);
  const [residual, direction] = [copy(right), copy(right)];
  const rowOf = ({ data }: Matrix, row: number) => data.subarray(row * columns, (row + 1) * columns);
  const sizes = Float64Array.from({ length: rows }, (_, row) => dot(rowOf(right, row), rowOf(right, row)));
  const enough = sizes.map((size) => TOLERANCE * TOLERANCE * size);
  const open = () => sizes.some((size, row) => size > (enough[row] as number));
  for (let step = 0; step < MOST_STEPS && open(); step++) {
    const image = operator(direction);
    for (let row = 0; row < rows; row++) {
      const size = sizes[row] as number;
      if (size <= (enough[row] as number)) continue;
      const [along, way, left, to] = [
        rowOf(image, row),
        rowOf(direction, row),
        rowOf(residual, row),
        rowOf(out, row),
      ];
      const length = size / (dot(way, along) + shift * dot(way, way));
      for (let at = 0; at < columns; at++) {
        const part = way[at] as number;
        to[at] = (to[at] as number) + length * part;
        left[at] = (left[at] as number) - length * ((along[at] as number) + shift * part);
      }
      const next = dot(left, left);
      for (let at = 0; at < columns; at++) {
        way[at] = (left[at] as number) + (next / size) * (way[at] as number);
      }
      sizes[row] = next;
    }
  }
  return out;
}

/** The largest eigenvalue of such an operator, to some per cent, by so many powers of it on a row. */
export function largestEigenvalue(
  operator: (rows: Matrix) => Matrix,
  start: Float64Array,
  powers: number,
): number {
  let row = start;
  let value = 0;
  for (let step = 0; step < powers; step++) {
    const size = Math.sqrt(dot(row, row));
    if (size === 0) return 0;
    row = operator({ rows: 1, columns: row.length, data: row.map((one) => one / size) }).data;
    value = Math.sqrt(dot(row, row));
  }
  return value;
}

function copy(matrix: Matrix): Matrix {
  return { ...matrix, data: matrix.data.slice() };
}
