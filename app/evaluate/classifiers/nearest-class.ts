import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { lessRowMeans } from "../correlations.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";

/**
 * The class whose mean training pattern correlates best (Pearson) with the sample. By products of samples, which serve for
 * all labellings: with rows less their mean, a sample's product with a class's mean is the mean of its products with the
 * class's samples, and the squared length of that mean the mean of all products among them.
 */
export const nearestClass: Classifier = {
  prepare(linalg, train, test) {
    const centred = lessRowMeans(train);
    const among = linalg.gram(centred);
    const products = linalg.multiply(lessRowMeans(test), centred, { right: true });
    return (labels) => {
      const classes = classesOf(labels);
      const scores = zeros(test.rows, classes.length);
      classes.forEach((one, at) => {
        const rows = labels.flatMap((label, row) => (label === one ? [row] : []));
        const length = Math.sqrt(Math.max(0, summed(among, rows, rows)));
        for (let row = 0; row < test.rows; row++) {
          // The sample's own length is the same for all classes. What is flat correlates with nothing.
          const score = summed(products, [row], rows) / length;
          scores.data[row * classes.length + at] = length > 0 ? score : 0;
        }
      });
      return highestScores(scores, classes);
    };
  },
};

/** The sum of a matrix's values in these rows and columns. */
function summed({ columns, data }: Matrix, rows: readonly number[], among: readonly number[]): number {
  let sum = 0;
  for (const row of rows) for (const column of among) sum += data[row * columns + column] as number;
  return sum;
}
