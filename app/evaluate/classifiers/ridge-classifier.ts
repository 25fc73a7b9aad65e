import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, lessOffsets, type Matrix, zeros } from "#app/linalg/matrix.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";

/** Ridge regression on ±1 for each class, the highest wins, as scikit-learn's RidgeClassifier. */
export function ridgeClassifier(penalty: number): Classifier {
  return {
    prepare(linalg, train, test) {
      const scores = ridgeScores(linalg, penalty, train, test);
      return (labels) => highestScores(scores(labels), classesOf(labels));
    },
  };
}

/**
 * Of labels the scores of each sample to label, samples × classes in ascending order. In products of samples, so that
 * nothing as large as features × features is made: ŷ = K̃(test)·(K̃ + penalty·I)⁻¹·(y − ȳ) + ȳ, samples less their mean.
 */
export function ridgeScores(
  linalg: Linalg,
  penalty: number,
  train: Matrix,
  test: Matrix,
): (labels: readonly number[]) => Matrix {
  const { matrix: centred, means } = linalg.centre(train);
  const others = lessOffsets(test, means);
  const gram = linalg.gram(centred);
  addDiagonal(gram, penalty);
  // (K̃ + penalty·I)⁻¹·K̃(test)ᵀ, one for all labels.
  const weights = linalg.solve(gram, linalg.multiply(centred, others, { right: true }));
  return (labels) => {
    const classes = classesOf(labels);
    const shares = classes.map((one) => labels.filter((label) => label === one).length / labels.length);
    const targets = zeros(labels.length, classes.length);
    labels.forEach((label, row) => {
      // The mean of ±1 is 2·share − 1.
      classes.forEach((one, at) => {
        targets.data[row * classes.length + at] = 2 * ((label === one ? 1 : 0) - (shares[at] as number));
      });
    });
    const out = linalg.multiply(weights, targets, { left: true });
    return {
      ...out,
      data: out.data.map((value, at) => value + 2 * (shares[at % classes.length] as number) - 1),
    };
  };
}
