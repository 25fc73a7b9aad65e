import { type Matrix, scaledColumns } from "#app/linalg/matrix.ts";

/** Columns whose sign is free, as those of eigenvectors: each with its largest value positive. */
export function signedColumns(matrix: Matrix): Matrix {
  const signs = signsOf(matrix);
  return scaledColumns(matrix, (column) => signs[column] as number);
}

/** The sign of each column's largest value; 0 of a column of zeros. */
export function signsOf({ columns, data }: Matrix): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    let most = 0;
    for (let at = column; at < data.length; at += columns) {
      if (Math.abs(data[at] as number) > Math.abs(most)) most = data[at] as number;
    }
    return Math.sign(most);
  });
}
