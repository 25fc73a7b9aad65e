import type { Matrix } from "#app/linalg/matrix.ts";
import { columnMeans } from "./transform.ts";

/** Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred. */
export function zscoreColumns(matrix: Matrix): void {
  const { rows, columns, data } = matrix;
  const means = columnMeans(matrix);
  const squares = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const deviation = (data[at] as number) - (means[column] as number);
      data[at] = deviation;
      squares[column] = (squares[column] as number) + deviation * deviation;
    }
  }
  const factors = squares.map((sum) => (sum > 0 ? Math.sqrt(rows / sum) : 1));
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      data[at] = (data[at] as number) * (factors[column] as number);
    }
  }
}
