import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * A classifier. To add one, write one more file with one of these. What does not depend on labels is done once, so that
 * many labellings of the same samples can be tried.
 */
export interface Classifier {
  /** Takes up samples to learn from and samples to label, both samples × features. */
  prepare(linalg: Linalg, train: Matrix, test: Matrix): Decide;
}

/** Learns from whole-number labels of the samples to learn from; a label of each sample to label. */
export type Decide = (labels: readonly number[]) => number[];

/** The different labels, in ascending order. */
export function classesOf(labels: readonly number[]): number[] {
  return [...new Set(labels)].sort((a, b) => a - b);
}

/** Of each row (samples × classes) the class whose score is highest, of equals the first. NaN is below all. */
export function highestScores({ rows, columns, data }: Matrix, classes: readonly number[]): number[] {
  return Array.from({ length: rows }, (_, row) => {
    let best = 0;
    let score = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < columns; at++) {
      const own = data[row * columns + at] as number;
      if (own > score) [best, score] = [at, own];
    }
    return classes[best] as number;
  });
}
