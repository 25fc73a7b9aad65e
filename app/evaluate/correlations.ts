import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { mean } from "./mean-and-sem.ts";

/** The correlation (Pearson) of each row of one matrix with each of another over their columns; NaN of a flat row. */
export function correlations(a: Matrix, b: Matrix): Matrix {
  const [first, second] = [unitRows(a), unitRows(b)];
  const out = zeros(a.rows, b.rows);
  for (let row = 0; row < a.rows; row++) {
    for (let other = 0; other < b.rows; other++) {
      let sum = 0;
      for (let column = 0; column < a.columns; column++) {
        sum +=
          (first.data[row * a.columns + column] as number) *
          (second.data[other * a.columns + column] as number);
      }
      out.data[row * b.rows + other] = sum;
    }
  }
  return out;
}

/** Rows less their mean, over their norm; NaN of a flat one. */
export function unitRows(matrix: Matrix): Matrix {
  const out = lessRowMeans(matrix);
  const { rows, columns, data } = out;
  for (let row = 0; row < rows; row++) {
    const [first, end] = [row * columns, (row + 1) * columns];
    let squares = 0;
    for (let at = first; at < end; at++) squares += (data[at] as number) ** 2;
    const norm = Math.sqrt(squares);
    for (let at = first; at < end; at++) data[at] = norm > 0 ? (data[at] as number) / norm : Number.NaN;
  }
  return out;
}

/** Rows less their mean, in a copy. */
export function lessRowMeans({ rows, columns, data }: Matrix): Matrix {
  const out = zeros(rows, columns);
  for (let row = 0; row < rows; row++) {
    const [first, end] = [row * columns, (row + 1) * columns];
    const middle = mean(data.subarray(first, end));
    for (let at = first; at < end; at++) out.data[at] = (data[at] as number) - middle;
  }
  return out;
}
