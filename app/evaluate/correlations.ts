import { type Matrix, zeros } from "#app/linalg/matrix.ts";

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
export function unitRows({ rows, columns, data }: Matrix): Matrix {
  const out = zeros(rows, columns);
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * columns, (row + 1) * columns);
    const mean = own.reduce((sum, value) => sum + value, 0) / columns;
    const norm = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    own.forEach((value, column) => {
      out.data[row * columns + column] = norm > 0 ? (value - mean) / norm : Number.NaN;
    });
  }
  return out;
}
