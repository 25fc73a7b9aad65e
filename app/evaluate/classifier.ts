import type { Matrix } from "#app/linalg/matrix.ts";

/** A classifier. To add one, write one more file with one of these. */
export interface Classifier {
  readonly name: string;
  readonly label: string;
  /** Learns from train (samples × features) with whole-number labels; a label for each row of test. */
  fitPredict(train: Matrix, labels: readonly number[], test: Matrix): number[];
}
