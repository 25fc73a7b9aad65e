import type { Choice } from "#app/contract/result.ts";
import { type Matrix, single, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { AlignInput, MovedRows, RunLabels } from "./align-method.ts";
import { coursesTask, standardiseTask } from "./evaluation-tasks.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import { innerFolds, innerFoldsOf } from "./inner-folds.ts";

/** A method with one choice of parameters. */
export interface Candidate {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly align: (input: AlignInput) => Staged<MovedRows>;
}

/**
 * Tries candidates on the rows to align on alone, by nested cross-validation: fitted to most of them, each is judged by
 * the share of time segments (`segment` rows long) that it matches between subjects in the others. The best wins, of
 * equals the first. A subject who is left out of the fit is left out here too.
 */
export function* chooseParameters(
  { samples, voxels, runLengths, labelled, leftOut = null }: Omit<AlignInput, "held">,
  candidates: readonly Candidate[],
  segment: number,
): Staged<Choice> {
  const tried: { parameters: Candidate["parameters"]; score: number }[] = [];
  const folds = innerFolds(runLengths);
  const makers = [...samples.keys()].filter((at) => at !== leftOut);
  const own = (maker: number) => samples[makers[maker] as number] as Matrix;
  for (const { parameters, align } of candidates) {
    let [hits, segments] = [0, 0];
    for (const { fit, tried: rows, triedLengths, triedRun } of folds) {
      const { moved, weights } = yield* align({
        samples: makers.map((_, maker) => takeRows(own(maker), fit)),
        voxels: makers.map((at) => voxels[at] as Int32Array),
        runLengths: [fit.length],
        labelled: (maker) => withoutRun(labelled(makers[maker] as number), triedRun),
        held: (maker) => [single(takeRows(own(maker), rows))],
      });
      const subjects = (yield moved.map(([own]) =>
        standardiseTask({ samples: own as Values, by: own as Values, weights }),
      )) as readonly Matrix[];
      const scores = (yield subjects.map((_, subject) =>
        coursesTask({ subjects, subject, runLengths: triedLengths, segment }),
      )) as readonly CoursesScore[];
      for (const { segments: found } of scores) {
        hits += found?.hits ?? 0;
        segments += found?.segments ?? 0;
      }
    }
    tried.push({ parameters, score: segments === 0 ? 0 : hits / segments });
  }
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  return { segment, tried, parameters: best.parameters };
}

/** Labelled rows but for a run's. Where a part of a run is tried they may be of it, and there are none. */
function withoutRun(all: RunLabels | null, tried: number | null): RunLabels | null {
  if (all === null || tried === null) return null;
  const rows = all.runs.flatMap((run, row) => (run === tried ? [] : [row]));
  const of = (values: readonly number[]) => rows.map((row) => values[row] as number);
  return { samples: takeRows(all.samples, rows), codes: of(all.codes), runs: of(all.runs) };
}

/** How many tasks that takes, of a candidate whose fit takes so many. */
export function tasksOfChoice(subjects: number, runs: number, tasksOfFits: readonly number[]): number {
  return innerFoldsOf(runs) * tasksOfFits.reduce((sum, tasks) => sum + tasks + 3 * subjects, 0);
}
