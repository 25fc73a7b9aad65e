import { type Matrix, takeRows, zeros } from "#app/linalg/matrix.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";
import { momentsOf } from "./moments.ts";

/** Added to every variance, as a share of the largest of any feature: scikit-learn's. */
const SMOOTHING = 1e-9;

/** Gaussian naive Bayes: each feature normal within a class with its own mean and variance, as scikit-learn's. */
export const gaussianNaiveBayes: Classifier = {
  prepare: (_linalg, train, test) => (labels) =>
    highestScores(logLikelihoods(train, test, labels), classesOf(labels)),
};

/** Log of the share of each class times the likelihood of each sample to label in it, samples × classes. */
export function logLikelihoods(train: Matrix, test: Matrix, labels: readonly number[]): Matrix {
  const classes = classesOf(labels);
  const added = SMOOTHING * momentsOf(train).variances.reduce((most, own) => Math.max(most, own), 0);
  const out = zeros(test.rows, classes.length);
  classes.forEach((one, at) => {
    const rows = labels.flatMap((label, row) => (label === one ? [row] : []));
    const { means, variances } = momentsOf(takeRows(train, rows));
    for (let row = 0; row < test.rows; row++) {
      let sum = 0;
      for (let feature = 0; feature < test.columns; feature++) {
        const variance = (variances[feature] as number) + added;
        // A feature without any variance in any class says nothing.
        if (variance === 0) continue;
        const away = (test.data[row * test.columns + feature] as number) - (means[feature] as number);
        sum -= 0.5 * (Math.log(2 * Math.PI * variance) + away ** 2 / variance);
      }
      out.data[row * classes.length + at] = sum + Math.log(rows.length / labels.length);
    }
  });
  return out;
}
