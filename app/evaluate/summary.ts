import {
  type Accuracy,
  type EvaluationResult,
  type MethodName,
  methodNames,
  type Prediction,
} from "#app/contract/result.ts";
import { coursesSummary } from "./courses-summary.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import type { Evaluation } from "./evaluation.ts";
import { meanAndSem } from "./mean-and-sem.ts";

/** Accuracies, confusion and chance from the folds' predictions; a method without any gets null. */
export function summarise(
  { classes, subjects, plan }: Evaluation,
  outcomes: readonly FoldOutcome[],
): EvaluationResult {
  const all = (method: MethodName) => outcomes.flatMap(({ predictions }) => predictions[method]);
  const predictions = { within: all("within"), anatomical: all("anatomical"), aligned: all("aligned") };
  const made = methodNames.filter((method) => predictions[method].length > 0);
  const accuracyOf = (method: MethodName) =>
    made.includes(method) ? accuracy(predictions[method], subjects, method, plan.classifier.name) : null;
  return {
    accuracy: {
      within: accuracyOf("within"),
      anatomical: accuracyOf("anatomical"),
      aligned: accuracyOf("aligned"),
    },
    reason: Object.assign({}, ...outcomes.map(({ reason }) => reason)),
    chance: 1 / classes.length,
    classes,
    confusion: Object.fromEntries(
      made.map((method) => [method, confusion(predictions[method], classes.length)]),
    ),
    predictions: Object.fromEntries(made.map((method) => [method, predictions[method]])),
    fitCourses: outcomes.flatMap(({ fold, fitCourse }) =>
      fitCourse === null ? [] : [{ fold, ...fitCourse }],
    ),
    choices: outcomes.flatMap(({ fold, choice }) => (choice === null ? [] : [{ fold, ...choice }])),
    ...coursesSummary(subjects, plan, outcomes),
  };
}

function accuracy(
  predictions: readonly Prediction[],
  subjects: readonly string[],
  method: MethodName,
  classifier: string,
): Accuracy {
  const perSubject = subjects.map((subject) => {
    const own = predictions.filter((prediction) => prediction.subject === subject);
    return {
      subject,
      accuracy: own.filter(({ label, predicted }) => label === predicted).length / own.length,
    };
  });
  return {
    ...meanAndSem(perSubject.map((one) => one.accuracy)),
    perSubject,
    claim: "same subjects, new data",
    scheme: method === "within" ? null : "A",
    classifier,
  };
}

function confusion(predictions: readonly Prediction[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { label, predicted } of predictions) {
    const row = counts[label];
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}
