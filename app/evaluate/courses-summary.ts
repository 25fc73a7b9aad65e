import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult, Scores } from "#app/contract/result.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import { meanAndSem } from "./mean-and-sem.ts";

type Sides = NonNullable<FoldOutcome["courses"]>;

/** Time segments matched over all folds that test a subject, and ISC averaged over them; null where a fold was not aligned. */
export function coursesSummary(
  subjects: readonly string[],
  { timeSegments }: Plan,
  outcomes: readonly FoldOutcome[],
): Pick<EvaluationResult, "timeSegments" | "isc"> {
  const folds = outcomes.flatMap(({ courses }) => (courses === null ? [] : [courses]));
  if (folds.length === 0 || folds.length < outcomes.length) return { timeSegments: null, isc: null };
  const both = (score: (own: readonly CoursesScore[]) => number) => {
    const side = (name: keyof Sides): Scores | null => {
      if (folds.some((fold) => fold[name] === null)) return null;
      const perSubject = subjects.map((subject, at) => ({
        subject,
        score: score(tested(folds, name, at)),
      }));
      return { ...meanAndSem(perSubject.map((one) => one.score)), perSubject };
    };
    return {
      anatomical: side("anatomical") as Scores,
      shifted: side("shifted"),
      aligned: side("aligned") as Scores,
    };
  };
  const isc = both((own) => own.reduce((sum, one) => sum + one.isc, 0) / own.length);
  const finite = [isc.anatomical.mean, isc.aligned.mean].every(Number.isFinite);
  const first = tested(folds, "anatomical", 0).map((one) => one.segments);
  const segments = total(first.map((one) => one?.segments ?? 0));
  return {
    isc: finite ? isc : null,
    timeSegments:
      timeSegments === null || segments === 0
        ? null
        : {
            length: timeSegments.length,
            segments,
            chance: total(first.map((one) => (one === null ? 0 : one.chance * one.segments))) / segments,
            ...both((own) => total(own.map((one) => one.segments?.hits ?? 0)) / segments),
          },
  };
}

/** A subject's scores in the folds that test them. */
function tested(folds: readonly Sides[], name: keyof Sides, at: number): CoursesScore[] {
  return folds.map((fold) => fold[name]?.[at] ?? null).filter((score) => score !== null);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
