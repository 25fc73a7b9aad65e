import type { Matrix } from "#app/linalg/matrix.ts";

/** The mean of each column and its variance (ddof 0), in two passes by rows. */
export function momentsOf({ rows, columns, data }: Matrix): {
  readonly means: Float64Array;
  readonly variances: Float64Array;
} {
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  each(rows, columns, (at, column) => {
    means[column] = (means[column] as number) + (data[at] as number) / rows;
  });
  each(rows, columns, (at, column) => {
    variances[column] =
      (variances[column] as number) + ((data[at] as number) - (means[column] as number)) ** 2 / rows;
  });
  return { means, variances };
}

function each(rows: number, columns: number, visit: (at: number, column: number) => void): void {
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) visit(at, column);
  }
}
