import type { MethodName } from "#app/contract/result.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { alphaTask, coursesTask, reconstructionTask, standardiseTask } from "./evaluation-tasks.ts";
import { testedIn } from "./fold-rows.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import type { Question } from "./question.ts";
import type { ReconstructionScore } from "./reconstruction.ts";
import { type CommonRows, ownRows, type Round, type RowsAndBlock } from "./round.ts";

/** What classifiers between subjects learn from and are asked: rows z-scored per subject and block, by rows of the kind aligned on. */
export function* questionBetween(
  method: MethodName,
  { fold, rows }: Round,
  { held, learned, weights }: CommonRows,
): Staged<Question> {
  const test = yield* standardised(held, weights);
  const train = fold.scheme === "A" || learned === null ? test : yield* standardised(learned, weights);
  return {
    method,
    from: "others",
    train,
    trainRows: fold.scheme === "A" ? rows.held : rows.learned,
    test,
    testRows: rows.held,
    voxels: null,
  };
}

/** Rows z-scored by their block, each column times its weight. */
export function* standardised(
  { rows, blocks }: RowsAndBlock,
  weights: CommonRows["weights"],
): Staged<readonly Matrix[]> {
  return (yield rows.map((samples, at) =>
    standardiseTask({ samples, by: blocks[at] as Values, weights }),
  )) as readonly Matrix[];
}

/** How like courses held out are between subjects. */
export interface Courses {
  /** By subject; null of one not tested. */
  readonly scores: readonly (CoursesScore | null)[];
  /** Of all subjects together: see `cronbachAlpha`. */
  readonly alpha: number;
}

/** How like each subject's held-out courses are to the others'. */
export function* coursesBetween(
  { evaluation, fold, rows }: Round,
  { held, weights }: CommonRows,
): Staged<Courses> {
  const tested = testedIn(evaluation, fold);
  const subjects = (yield held.blocks.map((own) =>
    standardiseTask({ samples: own, by: own, weights }),
  )) as readonly Matrix[];
  const segment = evaluation.plan.timeSegments?.length ?? null;
  const [alpha, ...courses] = (yield [
    alphaTask(subjects),
    ...tested.map((subject) => coursesTask({ subjects, subject, runLengths: rows.shownLengths, segment })),
  ]) as readonly [number, ...CoursesScore[]];
  return { scores: subjects.map((_, at) => courses[tested.indexOf(at)] ?? null), alpha };
}

/** By subject; null of one not tested. */
export type Reconstructions = readonly (ReconstructionScore | null)[];

/** How well each subject's rows held out are foretold by the mean of the others' in the same voxels. */
export function foretoldOnAnatomy(round: Round, { held }: CommonRows): Staged<Reconstructions> {
  return reconstructions(round, (subject) => ({
    own: held.blocks[subject] as Values,
    foretold: held.blocks.filter((_, at) => at !== subject),
  }));
}

/** How well by the others' rows in the common space, brought into the subject's own voxels: in the order of those tested. */
export function foretoldBySpace(round: Round, foretold: readonly Matrix[]): Staged<Reconstructions> {
  const tested = testedIn(round.evaluation, round.fold);
  return reconstructions(round, (subject) => ({
    own: ownRows(round, "align", subject, round.rows.shown),
    foretold: [foretold[tested.indexOf(subject)] as Matrix],
  }));
}

function* reconstructions(
  { evaluation, fold }: Round,
  inputOf: (subject: number) => Parameters<typeof reconstructionTask>[0],
): Staged<Reconstructions> {
  const tested = testedIn(evaluation, fold);
  const found = (yield tested.map((subject) =>
    reconstructionTask(inputOf(subject)),
  )) as readonly ReconstructionScore[];
  return evaluation.subjects.map((_, at) => found[tested.indexOf(at)] ?? null);
}
