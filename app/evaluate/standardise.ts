import { type Matrix, type Values, zeros } from "#app/linalg/matrix.ts";

/**
 * Samples (rows × voxels) less the mean of each voxel over the rows of `by`, over their standard deviation (ddof 0);
 * a voxel that is constant there is only centred. With `by` the samples themselves, the z-score.
 */
export function standardise(samples: Values, by: Values): Matrix {
  const { columns } = samples;
  // Counted from the first row, so that the mean of a constant is that constant to the last bit. In plain loops, row by row: all
  // samples of all folds come through here.
  const first = by.data.subarray(0, columns);
  const means = Float64Array.from(first);
  for (let row = 0, at = 0; row < by.rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const beyond = (by.data[at] as number) - (first[column] as number);
      means[column] = (means[column] as number) + beyond / by.rows;
    }
  }
  const squares = new Float64Array(columns);
  for (let row = 0, at = 0; row < by.rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      squares[column] =
        (squares[column] as number) + ((by.data[at] as number) - (means[column] as number)) ** 2;
    }
  }
  const factors = squares.map((square) => (square > 0 ? Math.sqrt(by.rows / square) : 1));
  const out = zeros(samples.rows, columns);
  for (let row = 0, at = 0; row < samples.rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      out.data[at] = ((samples.data[at] as number) - (means[column] as number)) * (factors[column] as number);
    }
  }
  return out;
}
