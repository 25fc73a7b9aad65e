import type { Matrix } from "#app/linalg/matrix.ts";
import { columnSums } from "#app/linalg/vector.ts";
import { mean } from "../mean-and-sem.ts";

/**
 * Inter-subject correlation, leave-one-out (Hasson et al. 2004, doi 10.1126/science.1089506): the Pearson
 * correlation of each subject's time course with the mean of the others'. `courses` is subjects × rows; rows that
 * are NaN in any subject are passed over. NaN where a course does not vary.
 */
export function leaveOneOutIsc(courses: Float32Array, subjects: number): Float64Array {
  const rows = courses.length / subjects;
  const value = (subject: number, row: number) => courses[subject * rows + row] as number;
  const sums = new Float64Array(rows);
  for (let subject = 0; subject < subjects; subject++) {
    for (let row = 0; row < rows; row++) sums[row] = (sums[row] as number) + value(subject, row);
  }
  return eachWith(courses, subjects, (subject, row) => (sums[row] as number) - value(subject, row));
}

/** The same with the sum of the others given for each subject, laid out as the courses. */
export function iscWith(courses: Float32Array, others: Float32Array, subjects: number): Float64Array {
  const rows = courses.length / subjects;
  return eachWith(courses, subjects, (subject, row) => others[subject * rows + row] as number);
}

/** Each subject's course with that of the others, over the rows that are numbers in both. */
function eachWith(
  courses: Float32Array,
  subjects: number,
  others: (subject: number, row: number) => number,
): Float64Array {
  const rows = courses.length / subjects;
  return Float64Array.from({ length: subjects }, (_, subject) => {
    const own: number[] = [];
    const theirs: number[] = [];
    for (let row = 0; row < rows; row++) {
      const [mine, other] = [courses[subject * rows + row] as number, others(subject, row)];
      if (Number.isNaN(mine + other)) continue;
      own.push(mine);
      theirs.push(other);
    }
    return correlation(own, theirs);
  });
}

/** Fisher's z of a correlation. */
export function fisherZ(r: number): number {
  const held = Math.max(-MOST, Math.min(MOST, r));
  // A third of the time of Math.atanh, and the same to 1e-16.
  return 0.5 * Math.log((1 + held) / (1 - held));
}

/** Nearer to ±1 than this a correlation's Fisher z would outweigh all others. */
const MOST = 1 - 1e-6;

/** The correlation of a column with the same column of another matrix, by Fisher's z over the columns that vary. */
export function meanCorrelation(a: Matrix, b: Matrix): number {
  return Math.tanh(meanFisherZ(columnCorrelations(a, b)));
}

/** The mean of correlations in Fisher's z, over those that there are; NaN of none. */
export function meanFisherZ(correlations: Float64Array): number {
  let [total, count] = [0, 0];
  for (const own of correlations) {
    if (Number.isNaN(own)) continue;
    total += fisherZ(own);
    count += 1;
  }
  return count === 0 ? Number.NaN : total / count;
}

/** The correlation of each column with the same column of another matrix; NaN where one does not vary. */
export function columnCorrelations(a: Matrix, b: Matrix): Float64Array {
  const { rows, columns } = a;
  const [meansA, meansB] = [columnMeans(a), columnMeans(b)];
  const [cross, squaresA, squaresB] = [0, 1, 2].map(() => new Float64Array(columns)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  // Row by row, as matrices lie in memory.
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const x = (a.data[at] as number) - (meansA[column] as number);
      const y = (b.data[at] as number) - (meansB[column] as number);
      cross[column] = (cross[column] as number) + x * y;
      squaresA[column] = (squaresA[column] as number) + x * x;
      squaresB[column] = (squaresB[column] as number) + y * y;
    }
  }
  return cross.map((value, column) => {
    const [own, other] = [squaresA[column] as number, squaresB[column] as number];
    return own > 0 && other > 0 ? value / Math.sqrt(own * other) : Number.NaN;
  });
}

/** Summed and then divided, so that the mean of a constant is that constant. */
function columnMeans(matrix: Matrix): Float64Array {
  return columnSums(matrix).map((sum) => sum / matrix.rows);
}

/** The correlation of two lists; NaN where one does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [cross, squaresA, squaresB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [(a[at] as number) - meanA, (b[at] as number) - meanB];
    cross += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA > 0 && squaresB > 0 ? cross / Math.sqrt(squaresA * squaresB) : Number.NaN;
}
