import { percent } from "#app/contract/percent.ts";
import { numbersOfVoxels } from "#app/contract/selection.ts";
import { dissimilarityLabels } from "#app/contract/similarity.ts";
import { type Evaluation, labelledRows, rowsIn } from "./evaluation.ts";
import type { Fold } from "./fold.ts";

/** Between subjects: the mean, over the samples tested, of one in so many conditions as were trained on. */
export function chanceBetween(evaluation: Evaluation): number {
  let [samples, sum] = [0, 0];
  for (const fold of evaluation.folds) {
    const trained = conditionsOf(evaluation, trainedOn(fold));
    const tested = [...conditionsOf(evaluation, fold.held)].filter(([code]) => trained.has(code));
    const count = tested.reduce((all, [, own]) => all + own, 0);
    samples += count;
    if (count > 0) sum += count / trained.size;
  }
  return samples === 0 ? 1 / evaluation.classes.length : sum / samples;
}

/** What a reader should know of the conditions: those not tested for want of training, and whether some are frequent. */
export function balanceRemarks(evaluation: Evaluation): string[] {
  const { folds, plan } = evaluation;
  const between = plan.protocol.name !== "leave-one-subject-out" && plan.protocol.scheme === "B";
  const aligned = folds.filter(({ fit }) => fit.length > 0);
  const remarks = aligned.flatMap((fold) => untrained(evaluation, fold, between));
  const unlabelled = folds.filter((fold) => labelledRows(evaluation, fold.held).length === 0);
  const names = [...new Set(unlabelled.flatMap(({ held }) => held.map(({ run }) => run)))];
  if (names.length > 0) remarks.push(`${names.join(", ")} holds no labelled sample to test.`);
  return [...new Set([...remarks, ...frequent(evaluation), ...tooFew(evaluation)])];
}

/** What was asked for and is more than there is. */
function tooFew(evaluation: Evaluation): string[] {
  const { plan, folds, align, subjects } = evaluation;
  const { classifier, timeSegments } = plan;
  const remarks: string[] = [];
  const most = plan.selection === null ? 0 : Math.max(...numbersOfVoxels(plan.selection));
  const columns = align.subjects[0]?.columns ?? most;
  if (most > columns)
    remarks.push(`Of ${most} voxels asked for the region has ${columns}, and all of them were kept.`);
  const longest = Math.max(
    0,
    ...folds.flatMap(({ held }) => held.map((part) => rowsIn(align, [part]).length)),
  );
  if (timeSegments !== null && longest < timeSegments.length)
    remarks.push(
      `No run tested has the ${timeSegments.length} samples of a time segment, the longest has ${longest}: none were matched.`,
    );
  if (classifier.name === "nearest-neighbours") {
    const least = Math.min(
      ...folds.map((fold) => labelledRows(evaluation, trainedOn(fold)).length * (subjects.length - 1)),
    );
    if (least < classifier.neighbours)
      remarks.push(
        `Of ${classifier.neighbours} neighbours asked for there are ${least} samples to learn from in some fold, and all of them were taken.`,
      );
  }
  return [...remarks, ...withoutNoise(evaluation)];
}

/** Where conditions can't be compared in units of noise. */
function withoutNoise(evaluation: Evaluation): string[] {
  const { folds, plan } = evaluation;
  const measure = plan.similarity.dissimilarity;
  if (measure !== "mahalanobis" && measure !== "crossnobis") return [];
  const aligned = folds.filter(({ fit }) => fit.length > 0);
  const label = dissimilarityLabels[measure];
  const blind = aligned.some(({ fit }) => {
    const counts = [...conditionsOf(evaluation, fit).values()];
    return counts.every((count) => count < 2);
  });
  if (blind)
    return [
      `Conditions are not compared by ${label}: no condition has two samples aligned on to see noise in.`,
    ];
  const apart =
    measure === "crossnobis" &&
    aligned.some((fold) => {
      const known = conditionsOf(evaluation, fold.fit);
      return [...conditionsOf(evaluation, fold.held)].every(([code]) => !known.has(code));
    });
  return apart
    ? [`Conditions are not compared by ${label}: none of those tested comes in the samples aligned on.`]
    : [];
}

function untrained(evaluation: Evaluation, fold: Fold, between: boolean): string[] {
  const trained = conditionsOf(evaluation, fold.fit);
  if (trained.size === 0) return [];
  const tested = conditionsOf(evaluation, fold.held);
  const [held] = fold.held;
  return [...tested].flatMap(([code, count]) =>
    trained.has(code)
      ? []
      : [
          `No sample aligned on is of ${evaluation.classes[code]}, so that its ${count} samples in ${held?.run} are not tested ${between ? "at all" : "within subjects"}.`,
        ],
  );
}

/** So many times as often as guessing. */
const WORTH_SAYING = 1.1;

/** A sentence where always naming the most frequent condition would be right more often than guessing. */
function frequent(evaluation: Evaluation): string[] {
  const { classes, codes, folds } = evaluation;
  const rows = [...new Set(folds.flatMap((fold) => labelledRows(evaluation, fold.held)))];
  const counts = classes.map((_, code) => rows.filter((row) => codes[row] === code).length);
  const most = Math.max(...counts);
  if (most * classes.length < WORTH_SAYING * rows.length) return [];
  return [
    `Conditions are not equally frequent: to say ${classes[counts.indexOf(most)]} of every sample would be right in ${percent(most / rows.length)}.`,
  ];
}

/** How many labelled samples of each condition these parts of runs hold. */
function conditionsOf(evaluation: Evaluation, parts: Fold["held"]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of labelledRows(evaluation, parts)) {
    const code = evaluation.codes[row] as number;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function trainedOn({ scheme, fit, held }: Fold): Fold["held"] {
  return scheme === "A" ? held : fit;
}
