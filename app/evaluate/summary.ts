import {
  type Accuracy,
  type EvaluationResult,
  type MethodName,
  methodNames,
  type Prediction,
} from "#app/contract/result.ts";
import { subjectAccuracies } from "./accuracy.ts";
import { balanceRemarks, chanceBetween } from "./balance.ts";
import { coursesSummary } from "./courses-summary.ts";
import { effectOf } from "./effect.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import type { Evaluation } from "./evaluation.ts";
import { rowsOfFold } from "./fold-rows.ts";
import { claimOf } from "./folds.ts";
import { meanAndSem } from "./mean-and-sem.ts";
import { pairsSummary } from "./pairs.ts";
import { meanInterval } from "./statistics/mean-interval.ts";

/** Accuracies, confusion and chance from the folds' predictions; a method without any gets null. */
export function summarise(evaluation: Evaluation, outcomes: readonly FoldOutcome[]): EvaluationResult {
  const { classes, plan, folds } = evaluation;
  const all = (method: MethodName) => outcomes.flatMap(({ predictions }) => predictions[method]);
  const predictions = {
    within: all("within"),
    anatomical: all("anatomical"),
    shifted: all("shifted"),
    aligned: all("aligned"),
  };
  const made = methodNames.filter((method) => predictions[method].length > 0);
  const of = (method: MethodName) =>
    made.includes(method) ? accuracyOf(evaluation, predictions[method], method) : null;
  const accuracy = {
    within: of("within"),
    anatomical: of("anatomical"),
    shifted: of("shifted"),
    aligned: of("aligned"),
  };
  return {
    accuracy,
    permutations: null,
    iscTest: null,
    searchlight: null,
    similarity: null,
    connectivity: null,
    effect: effectOf(plan, accuracy),
    reason: Object.assign({}, ...outcomes.map(({ reason }) => reason)),
    chance: chanceBetween(evaluation),
    folds: folds.map((fold) => {
      const { fitted, held } = rowsOfFold(evaluation, fold);
      return { fold: fold.id, aligned: fitted.length, tested: held.length, newcomer: fold.newcomer };
    }),
    remarks: [...balanceRemarks(evaluation), ...fewerRemarks(outcomes)],
    classes,
    confusion: Object.fromEntries(
      made.map((method) => [method, confusion(predictions[method], classes.length)]),
    ),
    predictions: Object.fromEntries(made.map((method) => [method, predictions[method]])),
    pairs: pairsSummary(
      evaluation,
      outcomes.map(({ pairs }) => pairs),
    ),
    fitCourses: outcomes.flatMap(({ fold, fitCourse }) =>
      fitCourse === null ? [] : [{ fold, ...fitCourse }],
    ),
    choices: outcomes.flatMap(({ fold, choice }) => (choice === null ? [] : [{ fold, ...choice }])),
    ...coursesSummary(evaluation, outcomes),
  };
}

/** Where fewer components were made than asked for: the folds with the same words together. */
function fewerRemarks(outcomes: readonly FoldOutcome[]): string[] {
  const folds = new Map<string, string[]>();
  for (const { fold, fewer } of outcomes) {
    if (fewer === null) continue;
    const what = `Of ${fewer.asked} components asked for the samples aligned on allow ${fewer.made}`;
    folds.set(what, [...(folds.get(what) ?? []), fold]);
  }
  return [...folds].map(([what, own]) => `${what} (${own.join(", ")}), and no more were used.`);
}

function accuracyOf(
  { plan, subjects, folds }: Evaluation,
  predictions: readonly Prediction[],
  method: MethodName,
): Accuracy {
  const own = subjectAccuracies(subjects, predictions);
  return {
    ...meanAndSem(own),
    interval: own.length < 2 ? null : meanInterval(own, plan.statistics.confidence),
    perSubject: subjects.map((subject, at) => ({ subject, accuracy: own[at] as number })),
    claim: method === "within" ? "same subjects, new data" : claimOf(plan),
    scheme: method === "within" ? null : (folds[0]?.scheme ?? null),
    classifier: plan.classifier.name,
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
