import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** How often a subject's segments were found among the others', and how often guessing would find them. */
export interface SegmentScore {
  readonly hits: number;
  readonly segments: number;
  /** Over the segments, the mean of one in so many that each could be taken for. */
  readonly chance: number;
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
  let hits = 0;
  let chance = 0;
  for (const [i, { row, run }] of starts.entries()) {
    let best = Number.NEGATIVE_INFINITY;
    let found = -1;
    let candidates = 0;
    for (const [j, other] of starts.entries()) {
      if (i !== j && other.run === run && Math.abs(other.row - row) < length) continue;
      candidates += 1;
      let dot = 0;
      for (let at = 0; at < length; at++) {
        dot += products.data[(row + at) * products.columns + other.row + at] as number;
      }
      const norm = theirs.norms[j] as number;
      // The own segment's norm is the same for all of a row.
      const score = norm > 0 ? (dot - (mine.sums[i] as number) * (theirs.means[j] as number)) / norm : 0;
      if (score > best) {
        best = score;
        found = j;
      }
    }
    if (found === i && (mine.norms[i] as number) > 0) hits += 1;
    chance += 1 / candidates / starts.length;
  }
  return { hits, segments: starts.length, chance };
}

/** The first row of each segment, and the run it lies in. */
function segmentStarts(runLengths: readonly number[], length: number): { row: number; run: number }[] {
  let first = 0;
  return runLengths.flatMap((rows, run) => {
    const start = first;
    first += rows;
    return Array.from({ length: Math.max(0, rows - length + 1) }, (_, at) => ({ row: start + at, run }));
  });
}

/** Of each segment's values: their sum, their mean, and the norm of what is left without it. */
function segmentSums({ columns, data }: Matrix, starts: readonly { row: number }[], length: number) {
  const count = length * columns;
  const [sums, means, norms] = [0, 1, 2].map(() => new Float64Array(starts.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const [at, { row }] of starts.entries()) {
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
