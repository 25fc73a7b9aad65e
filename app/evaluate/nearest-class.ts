import type { Classifier } from "./classifier.ts";
import { correlations } from "./correlations.ts";
import { meanPatterns } from "./mean-patterns.ts";

/** The class whose mean training pattern correlates best (Pearson) with the sample. */
export const nearestClass: Classifier = {
  name: "nearest-class-correlation",
  label: "Nearest class by correlation",
  fitPredict(train, labels, test) {
    const classes = [...new Set(labels)].sort((a, b) => a - b);
    const { columns, data } = correlations(test, meanPatterns(train, labels, classes));
    return Array.from({ length: test.rows }, (_, row) => {
      // What is flat correlates with nothing.
      const scores = [...data.subarray(row * columns, (row + 1) * columns)].map((score) => score || 0);
      return classes[scores.indexOf(Math.max(...scores))] as number;
    });
  },
};
