/** Below this part of the longest column's length, what is left of a column is taken for round-off. */
const NEAR_DEPENDENT = 1e-10;

/**
 * Orthonormal columns that span `columns` (each of the same length), by Gram–Schmidt with column pivoting: the longest
 * column that is left comes next, and each is freed from the basis twice, which keeps orthogonality to round-off.
 * Columns that depend on others are dropped, as nilearn's pivoted QR does (Golub and Van Loan, Matrix Computations,
 * 5.4.2), here by a tolerance relative to the longest column.
 */
export function orthonormalBasis(columns: readonly Float64Array[]): Float64Array[] {
  const left = columns.map((column) => Float64Array.from(column));
  const least = NEAR_DEPENDENT * Math.max(0, ...left.map(lengthOf));
  const basis: Float64Array[] = [];
  while (left.length > 0) {
    const lengths = left.map(lengthOf);
    const longest = lengths.indexOf(Math.max(...lengths));
    if (!((lengths[longest] as number) > least)) break;
    const [next] = left.splice(longest, 1) as [Float64Array];
    for (const earlier of basis) free(next, earlier);
    const length = lengthOf(next);
    if (!(length > least)) continue;
    for (let row = 0; row < next.length; row++) next[row] = (next[row] as number) / length;
    basis.push(next);
    for (const column of left) free(column, next);
  }
  return basis;
}

/** Trends up to `degree` over `rows` volumes, the constant first: orthonormal. */
export function trends(rows: number, degree: number): Float64Array[] {
  const time = (row: number) => (rows === 1 ? 0 : (2 * row) / (rows - 1) - 1);
  return orthonormalBasis(
    Array.from({ length: degree + 1 }, (_, power) =>
      Float64Array.from({ length: rows }, (_, row) => time(row) ** power),
    ),
  );
}

/** Takes out of `column` its part along `unit`. */
function free(column: Float64Array, unit: Float64Array): void {
  let along = 0;
  for (let row = 0; row < unit.length; row++) along += (column[row] as number) * (unit[row] as number);
  for (let row = 0; row < unit.length; row++) {
    column[row] = (column[row] as number) - along * (unit[row] as number);
  }
}

function lengthOf(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value * value;
  return Math.sqrt(sum);
}
