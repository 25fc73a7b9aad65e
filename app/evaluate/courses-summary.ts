import type { EvaluationResult, Scores } from "#app/contract/result.ts";
import type { Courses } from "./between-subjects.ts";
import type { FoldOutcome, Sides } from "./evaluate-fold.ts";
import type { Evaluation } from "./evaluation.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import { mean, meanAndSem } from "./mean-and-sem.ts";
import type { ReconstructionScore } from "./reconstruction.ts";
import { shownRows } from "./shown-rows.ts";

type Summary = Pick<EvaluationResult, "timeSegments" | "isc" | "likeness" | "reconstruction">;

/** What was seen of courses held out, over all folds that test a subject; null where a fold was not aligned. */
export function coursesSummary(evaluation: Evaluation, outcomes: readonly FoldOutcome[]): Summary {
  const { subjects } = evaluation;
  const courses = present(outcomes.map((fold) => fold.courses));
  if (courses === null) return { timeSegments: null, isc: null, likeness: null, reconstruction: null };
  const scores = courses.map((fold) => mapped(fold, (side) => side.scores));
  const of = (score: (one: CoursesScore) => number) => bySubject(subjects, scores, score);
  const isc = of((one) => one.isc);
  const alpha = (name: keyof Sides<Courses>) => mean(courses.map((fold) => fold[name]?.alpha ?? Number.NaN));
  const likeness = {
    pairwise: of((one) => one.pairwise),
    spatial: of((one) => one.spatial),
    alpha: {
      anatomical: alpha("anatomical"),
      shifted: isc.shifted === null ? null : alpha("shifted"),
      aligned: alpha("aligned"),
    },
  };
  return {
    isc: finite(isc) ? isc : null,
    likeness: finite(likeness.pairwise) && finite(likeness.spatial) ? likeness : null,
    timeSegments: segmentsSummary(evaluation, scores),
    reconstruction: reconstructionSummary(subjects, outcomes),
  };
}

function reconstructionSummary(
  subjects: readonly string[],
  outcomes: readonly FoldOutcome[],
): EvaluationResult["reconstruction"] {
  const folds = present(outcomes.map(({ reconstructions }) => reconstructions));
  if (folds === null) return null;
  const of = (score: (one: ReconstructionScore) => number) => bySubject(subjects, folds, score);
  const found = {
    r2: of((one) => one.r2),
    eta: of((one) => one.eta),
    correlation: of((one) => one.correlation),
  };
  return Object.values(found).every(finite) ? found : null;
}

/** Segments of all folds together; null where none were matched. */
function segmentsSummary(
  evaluation: Evaluation,
  folds: readonly Sides<readonly (CoursesScore | null)[]>[],
): EvaluationResult["timeSegments"] {
  const { subjects, plan } = evaluation;
  const first = testedIn(folds, "anatomical", 0).map(({ one }) => one.segments);
  const segments = total(first.map((one) => one?.segments ?? 0));
  if (plan.timeSegments === null || segments === 0) return null;
  const { startOf } = shownRows(evaluation);
  const startIn = (fold: number) => startOf(evaluation.folds[fold] as Evaluation["folds"][number]);
  const rows = (at: number, side: keyof Sides<unknown>, which: "starts" | "found") =>
    testedIn(folds, side, at).flatMap(({ one, fold }) =>
      (one.segments?.[which] ?? []).map((row) => (row < 0 ? -1 : row + startIn(fold))),
    );
  const taken = (side: keyof Sides<unknown>) => subjects.map((_, at) => rows(at, side, "found"));
  const shares = (side: keyof Sides<unknown>) =>
    scoresOf(
      subjects,
      (at) => total(testedIn(folds, side, at).map(({ one }) => one.segments?.hits ?? 0)) / segments,
    );
  const shifted = folds.every((fold) => fold.shifted !== null);
  return {
    length: plan.timeSegments.length,
    segments,
    chance: total(first.map((one) => (one === null ? 0 : one.chance * one.segments))) / segments,
    anatomical: shares("anatomical"),
    shifted: shifted ? shares("shifted") : null,
    aligned: shares("aligned"),
    starts: rows(0, "anatomical", "starts"),
    taken: {
      anatomical: taken("anatomical"),
      shifted: shifted ? taken("shifted") : null,
      aligned: taken("aligned"),
    },
  };
}

/** Of each subject the mean of a score over the folds that test them. */
function bySubject<Score>(
  subjects: readonly string[],
  folds: readonly Sides<readonly (Score | null)[]>[],
  score: (one: Score) => number,
) {
  const side = (name: keyof Sides<unknown>): Scores =>
    scoresOf(subjects, (at) => mean(testedIn(folds, name, at).map(({ one }) => score(one))));
  return {
    anatomical: side("anatomical"),
    shifted: folds.every((fold) => fold.shifted !== null) ? side("shifted") : null,
    aligned: side("aligned"),
  };
}

function scoresOf(subjects: readonly string[], score: (at: number) => number): Scores {
  const perSubject = subjects.map((subject, at) => ({ subject, score: score(at) }));
  return { ...meanAndSem(perSubject.map((one) => one.score)), perSubject };
}

/** A subject's scores in the folds that test them. */
function testedIn<Score>(
  folds: readonly Sides<readonly (Score | null)[]>[],
  name: keyof Sides<unknown>,
  at: number,
): { readonly fold: number; readonly one: Score }[] {
  return folds.flatMap((found, fold) => {
    const one = found[name]?.[at] ?? null;
    return one === null ? [] : [{ fold, one }];
  });
}

/** All of them; null where one is missing, or there are none. */
function present<Found>(all: readonly (Found | null)[]): Found[] | null {
  const found = all.filter((one) => one !== null);
  return found.length === 0 || found.length < all.length ? null : found;
}

function mapped<From, To>(sides: Sides<From>, to: (from: From) => To): Sides<To> {
  return {
    anatomical: to(sides.anatomical),
    shifted: sides.shifted === null ? null : to(sides.shifted),
    aligned: to(sides.aligned),
  };
}

function finite({ anatomical, aligned }: { readonly anatomical: Scores; readonly aligned: Scores }): boolean {
  return [anatomical.mean, aligned.mean].every(Number.isFinite);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
