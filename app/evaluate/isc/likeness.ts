import { type Matrix, sum, transpose } from "#app/linalg/matrix.ts";
import { columnSums } from "#app/linalg/vector.ts";
import { mean } from "../mean-and-sem.ts";
import { columnCorrelations, meanCorrelation, meanFisherZ } from "./isc.ts";

/** How like a subject's courses are to those of each other subject: over all pairs and columns by Fisher's z. */
export function pairwiseCorrelation(own: Matrix, others: readonly Matrix[]): number {
  const found = others.map((other) => meanFisherZ(columnCorrelations(own, other)));
  return Math.tanh(mean(found.filter(Number.isFinite)));
}

/**
 * How like a subject's patterns are to the others', moment by moment: the correlation over columns of each row with the same
 * row of the sum of the others, over rows by Fisher's z.
 */
export function spatialCorrelation(own: Matrix, others: Matrix): number {
  return meanCorrelation(transpose(own), transpose(others));
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
  const { rows, columns, data } = matrix;
  const means = columnSums(matrix).map((total) => total / rows);
  const out = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      out[column] = (out[column] as number) + ((data[at] as number) - (means[column] as number)) ** 2;
    }
  }
  return out;
}
