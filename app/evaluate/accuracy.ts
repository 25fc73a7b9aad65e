import type { Prediction } from "#app/contract/result.ts";
import { mean } from "./mean-and-sem.ts";

/** The share of each subject's samples that is right; NaN of one without any. */
export function subjectAccuracies(subjects: readonly string[], predictions: readonly Prediction[]): number[] {
  const counts = new Map(subjects.map((subject) => [subject, { right: 0, all: 0 }]));
  for (const { subject, label, predicted } of predictions) {
    const own = counts.get(subject);
    if (own === undefined) continue;
    own.all += 1;
    if (label === predicted) own.right += 1;
  }
  return [...counts.values()].map(({ right, all }) => right / all);
}

/** The mean over subjects. */
export function meanAccuracy(subjects: readonly string[], predictions: readonly Prediction[]): number {
  return mean(subjectAccuracies(subjects, predictions));
}
