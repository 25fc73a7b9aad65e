import type { Choice } from "#app/contract/result.ts";
import { type Matrix, single, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { AlignInput, ChoiceInput, MovedRows } from "./align-method.ts";
import { coursesTask, standardiseTask } from "./evaluation-tasks.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import { innerFolds, innerFoldsOf } from "./inner-folds.ts";

/** A method with one choice of parameters. */
export interface Candidate {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How many voxels are kept; null where that is not chosen. */
  readonly voxels: number | null;
  readonly align: (input: AlignInput) => Staged<MovedRows>;
}

/**
 * Tries candidates on the rows to align on alone, by nested cross-validation: fitted to most of them, each is judged by
 * the share of time segments (`segment` rows long) that it matches between subjects in the others. The best wins, of
 * equals the first. A subject who is left out of the fit is left out here too.
 */
export function* chooseParameters(
  { runLengths, inner }: ChoiceInput,
  candidates: readonly Candidate[],
  segment: number,
): Staged<Choice> {
  const found = candidates.map(() => ({ hits: 0, segments: 0 }));
  for (const fold of innerFolds(runLengths)) {
    const rowsOver = yield* inner(fold);
    for (const [at, { voxels, align }] of candidates.entries()) {
      const { tried, ...rows } = rowsOver(voxels);
      const { moved, weights } = yield* align({
        ...rows,
        runLengths: [fold.fit.length],
        choice: null,
        held: (maker) => [single(tried(maker))],
      });
      const subjects = (yield moved.map(([own]) =>
        standardiseTask({ samples: own as Values, by: own as Values, weights }),
      )) as readonly Matrix[];
      const scores = (yield subjects.map((_, subject) =>
        coursesTask({ subjects, subject, runLengths: fold.triedLengths, segment }),
      )) as readonly CoursesScore[];
      const sum = found[at] as { hits: number; segments: number };
      for (const { segments: own } of scores) {
        sum.hits += own?.hits ?? 0;
        sum.segments += own?.segments ?? 0;
      }
    }
  }
  const tried = candidates.map(({ parameters }, at) => {
    const { hits, segments } = found[at] as { hits: number; segments: number };
    return { parameters, score: segments === 0 ? 0 : hits / segments };
  });
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  return { segment, tried, parameters: best.parameters };
}

/** How many tasks that takes, of candidates whose fits take so many, and of choosing voxels in each inner fold. */
export function tasksOfChoice(
  subjects: number,
  runs: number,
  tasksOfFits: readonly number[],
  choosesVoxels: boolean,
): number {
  const fits = tasksOfFits.reduce((sum, tasks) => sum + tasks + 3 * subjects, 0);
  return innerFoldsOf(runs) * (fits + (choosesVoxels ? subjects + 1 : 0));
}
