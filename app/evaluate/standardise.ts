import { type Matrix, type Values, zeros } from "#app/linalg/matrix.ts";

/**
 * Samples (rows × voxels) less the mean of each voxel over the rows of `by`, over their standard deviation (ddof 0);
 * a voxel that is constant there is only centred. With `by` the samples themselves, the z-score.
 */
export function standardise(samples: Values, by: Values): Matrix {
  const { columns } = samples;
  // Counted from the first row, so that the mean of a constant is that constant to the last bit.
  const first = by.data.subarray(0, columns);
  const means = Float64Array.from(first);
  each(by, (value, column) => {
    means[column] = (means[column] as number) + (value - (first[column] as number)) / by.rows;
  });
  const squares = new Float64Array(columns);
  each(by, (value, column) => {
    squares[column] = (squares[column] as number) + (value - (means[column] as number)) ** 2;
  });
  const factors = squares.map((square) => (square > 0 ? Math.sqrt(by.rows / square) : 1));
  const out = zeros(samples.rows, columns);
  each(samples, (value, column, at) => {
    out.data[at] = (value - (means[column] as number)) * (factors[column] as number);
  });
  return out;
}

function each({ columns, data }: Values, visit: (value: number, column: number, at: number) => void): void {
  for (let at = 0, column = 0; at < data.length; at++) {
    visit(data[at] as number, column, at);
    column = column + 1 === columns ? 0 : column + 1;
  }
}
