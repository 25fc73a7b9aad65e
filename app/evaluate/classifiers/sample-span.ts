import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** Samples in few coordinates that keep all their products. */
export interface SampleSpan {
  readonly train: Matrix;
  readonly test: Matrix;
}

/**
 * Samples to learn from (n × V) in coordinates of the space that they span, and others (m × V) projected onto it: n × r and
 * m × r, r ≤ n. Weights with a penalty on their length lie in that space. Samples with no more features than there are
 * samples stay as they are.
 */
export function sampleSpan(linalg: Linalg, train: Matrix, test: Matrix): SampleSpan {
  if (train.columns <= train.rows) return { train, test };
  const { root, weights } = linalg.weightedRoot(linalg.gram(train), train.columns);
  return { train: root, test: linalg.multiply(linalg.multiply(test, train, { right: true }), weights) };
}
