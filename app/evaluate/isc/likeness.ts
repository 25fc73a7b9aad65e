import { lessOffsets, type Matrix, scaledColumns, sum } from "#app/linalg/matrix.ts";
import { columnDots, columnSums } from "#app/linalg/vector.ts";
import { mean } from "../mean-and-sem.ts";
import { correlation, meanFisherZ } from "./isc.ts";

/** How like a subject's courses are to those of each other subject: over all pairs and columns by Fisher's z. */
export function pairwiseCorrelation(own: Matrix, others: readonly Matrix[]): number {
  const units = unitColumns(own);
  const found = others.map((other) => meanFisherZ(correlationsWith(units, other)));
  return Math.tanh(mean(found.filter(Number.isFinite)));
}

/** Columns less their mean, of norm 1; NaN of one that does not vary. */
function unitColumns(matrix: Matrix): Matrix {
  const out = lessMeans(matrix);
  const norms = columnDots(out, out).map(Math.sqrt);
  return scaledColumns(out, (column) => {
    const norm = norms[column] as number;
    return norm > 0 ? 1 / norm : Number.NaN;
  });
}

/** Of unit columns the correlation of each with the same column of another matrix, in one pass over it. */
function correlationsWith({ rows, columns, data: units }: Matrix, { data }: Matrix): Float64Array {
  const [cross, sums, squares] = [0, 1, 2].map(() => new Float64Array(columns)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = data[at] as number;
      cross[column] = (cross[column] as number) + (units[at] as number) * value;
      sums[column] = (sums[column] as number) + value;
      squares[column] = (squares[column] as number) + value * value;
    }
  }
  return cross.map((value, column) => {
    const left = (squares[column] as number) - (sums[column] as number) ** 2 / rows;
    return left > FLAT * (squares[column] as number) ? value / Math.sqrt(left) : Number.NaN;
  });
}

/** What is left of a column's squares without its mean may be rounding. */
const FLAT = 1e-12;

/**
 * How like a subject's patterns are to the others', moment by moment: the correlation over columns of each row with the same
 * row of the sum of the others, over rows by Fisher's z.
 */
export function spatialCorrelation(own: Matrix, others: Matrix): number {
  const { rows, columns } = own;
  const found = Float64Array.from({ length: rows }, (_, row) =>
    correlation(
      own.data.subarray(row * columns, (row + 1) * columns),
      others.data.subarray(row * columns, (row + 1) * columns),
    ),
  );
  return Math.tanh(meanFisherZ(found));
}

/**
 * Cronbach's alpha (Cronbach 1951, doi 10.1007/BF02310555) of the subjects' courses, of each column as if subjects were
 * the items of a test and rows who took it: the mean over the columns in which every subject varies. NaN where there are none.
 */
export function cronbachAlpha(subjects: readonly Matrix[]): number {
  const n = subjects.length;
  const own = subjects.map(squaresAboutMean);
  const all = squaresAboutMean(sum(subjects));
  let [total, columns] = [0, 0];
  for (let column = 0; column < all.length; column++) {
    const squares = own.map((list) => list[column] as number);
    if (!squares.every((value) => value > 0) || !((all[column] as number) > 0)) continue;
    total += (n / (n - 1)) * (1 - squares.reduce((a, b) => a + b, 0) / (all[column] as number));
    columns += 1;
  }
  return columns === 0 ? Number.NaN : total / columns;
}

function squaresAboutMean(matrix: Matrix): Float64Array {
  const less = lessMeans(matrix);
  return columnDots(less, less);
}

function lessMeans(matrix: Matrix): Matrix {
  return lessOffsets(
    matrix,
    columnSums(matrix).map((total) => total / matrix.rows),
  );
}
