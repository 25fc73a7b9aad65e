import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** Columns whose sign is free, as those of eigenvectors: each with its largest value positive. */
export function signedColumns({ rows, columns, data }: Matrix): Matrix {
  const out = zeros(rows, columns);
  for (let column = 0; column < columns; column++) {
    let most = 0;
    for (let at = column; at < data.length; at += columns) {
      if (Math.abs(data[at] as number) > Math.abs(most)) most = data[at] as number;
    }
    const sign = Math.sign(most);
    for (let at = column; at < data.length; at += columns) out.data[at] = sign * (data[at] as number);
  }
  return out;
}
