import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** How often a subject's segments were found among the others', and how often guessing would find them. */
export interface SegmentScore {
  readonly hits: number;
  readonly segments: number;
  /** Over the segments, the mean of one in so many that each could be taken for. */
  readonly chance: number;
  /** Of each segment its first row, and the first row of the one that it was taken for; −1 where it is flat. */
  readonly starts: readonly number[];
  readonly found: readonly number[];
}

/**
 * Time-segment matching (Haxby et al. 2011, doi 10.1016/j.neuron.2011.08.026): each segment of `length` rows of `own`
 * (T × k) is looked for among all segments of `others` (T × k, the sum of the other subjects) by Pearson correlation
 * over rows and columns. Segments start at every row, none goes across a run's end, and those that overlap with the
 * right one (|i − j| < length, i ≠ j) can't be taken for it. `runLengths` are the rows of each run, in order.
 */
export function matchTimeSegments(
  linalg: Linalg,
  own: Matrix,
  others: Matrix,
  runLengths: readonly number[],
  length: number,
): SegmentScore {
  const starts = segmentStarts(runLengths, length);
  const products = linalg.multiply(own, others, { right: true });
  const [mine, theirs] = [segmentSums(own, starts, length), segmentSums(others, starts, length)];
  const { rows, runs } = starts;
  const count = rows.length;
  const dots = new Float64Array(Math.max(0, others.rows - length + 1));
  const taken = new Array<number>(count);
  let hits = 0;
  let chance = 0;
  for (let i = 0; i < count; i++) {
    const [row, run, sum] = [rows[i] as number, runs[i] as number, mine.sums[i] as number];
    diagonalSums(products, row, length, dots);
    let best = Number.NEGATIVE_INFINITY;
    let found = -1;
    let candidates = 0;
    for (let j = 0; j < count; j++) {
      const other = rows[j] as number;
      if (i !== j && runs[j] === run && Math.abs(other - row) < length) continue;
      candidates += 1;
      const norm = theirs.norms[j] as number;
      // The own segment's norm is the same for all of a row.
      const score = norm > 0 ? ((dots[other] as number) - sum * (theirs.means[j] as number)) / norm : 0;
      if (score > best) {
        best = score;
        found = j;
      }
    }
    if (!((mine.norms[i] as number) > 0)) found = -1;
    if (found === i) hits += 1;
    taken[i] = found < 0 ? -1 : (rows[found] as number);
    chance += 1 / candidates / count;
  }
  return { hits, segments: count, chance, starts: [...rows], found: taken };
}

/** Of each column the sum down the diagonal that begins there in a row: row by row, as products lie in memory. */
function diagonalSums({ columns, data }: Matrix, row: number, length: number, sums: Float64Array): void {
  sums.fill(0);
  for (let at = 0; at < length; at++) {
    const start = (row + at) * columns + at;
    for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] as number) + (data[start + j] as number);
  }
}

/** Of each segment its first row, and the run that it lies in. */
interface Starts {
  readonly rows: Int32Array;
  readonly runs: Int32Array;
}

function segmentStarts(runLengths: readonly number[], length: number): Starts {
  let first = 0;
  const rows: number[] = [];
  const runs: number[] = [];
  for (const [run, count] of runLengths.entries()) {
    for (let at = 0; at <= count - length; at++) {
      rows.push(first + at);
      runs.push(run);
    }
    first += count;
  }
  return { rows: Int32Array.from(rows), runs: Int32Array.from(runs) };
}

/** Of each segment's values: their sum, their mean, and the norm of what is left without it. */
function segmentSums({ columns, data }: Matrix, { rows }: Starts, length: number) {
  const count = length * columns;
  const [sums, means, norms] = [0, 1, 2].map(() => new Float64Array(rows.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const [at, row] of rows.entries()) {
    let sum = 0;
    for (let k = row * columns; k < row * columns + count; k++) sum += data[k] as number;
    const mean = sum / count;
    let squares = 0;
    for (let k = row * columns; k < row * columns + count; k++) squares += ((data[k] as number) - mean) ** 2;
    sums[at] = sum;
    means[at] = mean;
    norms[at] = Math.sqrt(squares);
  }
  return { sums, means, norms };
}
