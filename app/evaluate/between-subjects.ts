import type { MethodName } from "#app/contract/result.ts";
import type { Matrix, Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { coursesTask, standardiseTask } from "./evaluation-tasks.ts";
import { testedIn } from "./fold-rows.ts";
import type { CoursesScore } from "./held-out-courses.ts";
import type { Question } from "./question.ts";
import type { CommonRows, Round, RowsAndBlock } from "./round.ts";

/** What classifiers between subjects learn from and are asked: rows z-scored per subject and block, by rows of the kind aligned on. */
export function* questionBetween(
  method: MethodName,
  { fold, rows }: Round,
  { held, learned, weights }: CommonRows,
): Staged<Question> {
  const standardised = function* ({ rows: all, blocks }: RowsAndBlock): Staged<readonly Matrix[]> {
    return (yield all.map((samples, at) =>
      standardiseTask({ samples, by: blocks[at] as Values, weights }),
    )) as readonly Matrix[];
  };
  const test = yield* standardised(held);
  return {
    method,
    from: "others",
    train: learned === null ? test : yield* standardised(learned),
    trainRows: fold.scheme === "A" ? rows.held : rows.learned,
    test,
    testRows: rows.held,
    voxels: null,
  };
}

/** How like each subject's held-out courses are to the others'; null of those not tested. */
export function* coursesBetween(
  { evaluation, fold, rows }: Round,
  { held, weights }: CommonRows,
): Staged<readonly (CoursesScore | null)[]> {
  const tested = testedIn(evaluation, fold);
  const subjects = (yield held.blocks.map((own) =>
    standardiseTask({ samples: own, by: own, weights }),
  )) as readonly Matrix[];
  const segment = evaluation.plan.timeSegments?.length ?? null;
  const courses = (yield tested.map((subject) =>
    coursesTask({ subjects, subject, runLengths: rows.shownLengths, segment }),
  )) as readonly CoursesScore[];
  return subjects.map((_, at) => courses[tested.indexOf(at)] ?? null);
}
