import { correlations } from "../correlations.ts";
import { meanPatterns } from "../mean-patterns.ts";
import { type Classifier, classesOf, highestScores } from "./classifier.ts";

/** The class whose mean training pattern correlates best (Pearson) with the sample. */
export const nearestClass: Classifier = {
  prepare: (_linalg, train, test) => (labels) => {
    const classes = classesOf(labels);
    const scores = correlations(test, meanPatterns(train, labels, classes));
    // What is flat correlates with nothing.
    return highestScores({ ...scores, data: scores.data.map((score) => score || 0) }, classes);
  },
};
