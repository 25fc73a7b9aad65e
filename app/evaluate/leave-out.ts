import type { Prediction } from "#app/contract/result.ts";
import { type Matrix, takeColumns, takeRows, zeros } from "#app/linalg/matrix.ts";
import { highest, oneWayAnova } from "./anova.ts";
import type { Classifier } from "./classifier.ts";
import type { Fold } from "./folds.ts";

interface Context {
  readonly subjects: readonly string[];
  readonly classifier: Classifier;
  readonly codes: readonly number[];
}

/** Trains on a subject's own rows and tests on their others. `train` and `held` are rows of `samples`. */
export function classifyWithin(
  { subjects, classifier, codes }: Context,
  fold: Fold,
  subject: number,
  samples: Matrix,
  train: readonly number[],
  held: readonly number[],
): Prediction[] {
  const labels = train.map((row) => codes[row] as number);
  const predicted = classifier.fitPredict(takeRows(samples, train), labels, takeRows(samples, held));
  return predictionsOf(fold, subjects[subject] as string, held, codes, predicted);
}

/**
 * Trains on all subjects but one and tests that one, each in turn. Row k of every matrix is sample `rows[k]`. With
 * `voxels`, that many are chosen by ANOVA on each fold's stacked training rows.
 */
export function classifyAcross(
  { subjects, classifier, codes }: Context,
  fold: Fold,
  samples: readonly Matrix[],
  rows: readonly number[],
  voxels?: number,
): Prediction[] {
  const own = rows.map((row) => codes[row] as number);
  const labels = samples.slice(1).flatMap(() => own);
  return samples.flatMap((held, at) => {
    const train = stack(samples.filter((_, other) => other !== at));
    const kept = voxels === undefined ? null : highest(oneWayAnova(train, labels), voxels);
    const predicted =
      kept === null
        ? classifier.fitPredict(train, labels, held)
        : classifier.fitPredict(takeColumns(train, kept), labels, takeColumns(held, kept));
    return predictionsOf(fold, subjects[at] as string, rows, codes, predicted);
  });
}

function predictionsOf(
  fold: Fold,
  subject: string,
  rows: readonly number[],
  codes: readonly number[],
  predicted: readonly number[],
): Prediction[] {
  return rows.map((row, at) => ({
    fold: fold.id,
    subject,
    row,
    label: codes[row] as number,
    predicted: predicted[at] as number,
  }));
}

function stack(matrices: readonly Matrix[]): Matrix {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const out = zeros(rows, matrices[0]?.columns ?? 0);
  let at = 0;
  for (const { data } of matrices) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}
