import type { Matrix } from "#app/linalg/matrix.ts";
import type { Classifier } from "./classifier.ts";

/** The class whose mean training pattern correlates best (Pearson) with the sample. */
export const nearestClass: Classifier = {
  name: "nearest-class-correlation",
  label: "Nearest class by correlation",
  fitPredict(train, labels, test) {
    const classes = [...new Set(labels)].sort((a, b) => a - b);
    const patterns = classes.map((label) => standardise(meanPattern(train, labels, label)));
    return Array.from({ length: test.rows }, (_, row) => {
      const sample = standardise(test.data.slice(row * test.columns, (row + 1) * test.columns));
      const scores = patterns.map((pattern) => dot(pattern, sample));
      return classes[scores.indexOf(Math.max(...scores))] as number;
    });
  },
};

function meanPattern(train: Matrix, labels: readonly number[], label: number): Float64Array {
  const mean = new Float64Array(train.columns);
  labels.forEach((own, row) => {
    if (own !== label) return;
    for (let at = 0; at < train.columns; at++) {
      mean[at] = (mean[at] as number) + (train.data[row * train.columns + at] as number);
    }
  });
  return mean;
}

/** Mean 0 and norm 1, so that a dot product is a correlation; a flat pattern becomes zeros. */
function standardise(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const norm = Math.sqrt(dot(centred, centred));
  return norm > 0 ? centred.map((value) => value / norm) : centred;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
