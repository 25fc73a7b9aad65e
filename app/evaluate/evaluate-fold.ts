import type { Choice, FitCourse, MethodName, Prediction } from "#app/contract/result.ts";
import { takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import type { AlignMethod, FewerComponents, Moved } from "./align-method.ts";
import {
  type Courses,
  coursesBetween,
  foretoldBySpace,
  foretoldOnAnatomy,
  questionBetween,
  type Reconstructions,
} from "./between-subjects.ts";
import type { Evaluation } from "./evaluation.ts";
import { viewTask } from "./evaluation-tasks.ts";
import type { Fold } from "./fold.ts";
import { patternsOf } from "./fold-patterns.ts";
import { rowsOfFold } from "./fold-rows.ts";
import { pairsApart, type SubjectPairs } from "./pairs.ts";
import { answers, keptQuestion, type Question } from "./question.ts";
import { alignedRows, anatomicalRows, type CommonRows, ownRows, type Round, roundOf } from "./round.ts";
import type { Patterns } from "./rsa/similarity.ts";
import { inSpheres, type SphereSides } from "./searchlight/accuracy-maps.ts";

/** What alignment made of a fold's held-out rows, to look at: rows × voxels of each subject. */
export interface HeldOut {
  readonly voxels: Int32Array;
  /** The labelled rows to classify. */
  readonly classified: readonly Float32Array[];
  /** The rows of the kind aligned on. */
  readonly shown: readonly Float32Array[];
}

/** On anatomy, of shifted times where that was asked for, and after alignment. */
export interface Sides<Found> {
  readonly anatomical: Found;
  readonly shifted: Found | null;
  readonly aligned: Found;
}

export interface FoldOutcome {
  readonly fold: string;
  readonly predictions: Readonly<Record<MethodName, readonly Prediction[]>>;
  readonly reason: Readonly<Partial<Record<MethodName, string>>>;
  /** What was asked of classifiers, where it is to be asked again with labels drawn anew. */
  readonly questions: readonly Question[];
  /** Empty where pairs of conditions were not asked for. */
  readonly pairs: readonly SubjectPairs[];
  readonly heldOut: HeldOut | null;
  /** How the method's parameters were chosen inside the fold. */
  readonly choice: Choice | null;
  readonly fitCourse: FitCourse | null;
  readonly fewer: FewerComponents | null;
  /** How patterns of conditions compare; null where nothing was aligned or classified. */
  readonly patterns: { readonly anatomical: Patterns; readonly aligned: Patterns } | null;
  /** null where nothing was aligned. */
  readonly courses: Sides<Courses> | null;
  /** What was right in spheres around voxels; null where it was not asked for. */
  readonly spheres: SphereSides | null;
  /** null where it was not asked for, too. */
  readonly reconstructions: Sides<Reconstructions> | null;
}

/**
 * One fold: within subjects, between them on anatomy, after alignment, and after alignment of times that do not correspond.
 * Order (algorithms.md §12): samples z-scored per part of a run → selection → alignment → apply → z-score per subject and
 * test block → classify. The last z-score takes means and spreads from the block's rows of the kind that is aligned on
 * (docs/decisions/0005).
 */
export function* evaluateFold(whole: Evaluation, fold: Fold, alignMethod: AlignMethod): Staged<FoldOutcome> {
  if (whole.plan.protocol.name === "leave-one-subject-out") return yield* acrossAllRows(whole, fold);
  const round = yield* roundOf(whole, fold, alignMethod);
  const within = withinSubjects(round);
  const onAnatomy = anatomicalRows(round);
  const anatomical = yield* questionBetween("anatomical", round, onAnatomy);
  const anatomicalCourses = yield* coursesBetween(round, onAnatomy);
  const foretell = whole.plan.reconstruction;
  const { aligned: moved, common } = yield* alignedRows(round, alignMethod, { foretell });
  const aligned = yield* questionBetween("aligned", round, common);
  const alignedCourses = yield* coursesBetween(round, common);
  const shifted = whole.plan.statistics.shiftedTime ? yield* onShiftedTime(round, alignMethod) : null;
  const ask = (question: Question) => answers(round.evaluation, fold, question);
  const answered = {
    within: yield* ask(within),
    anatomical: yield* ask(anatomical),
    shifted: shifted === null ? [] : yield* ask(shifted.question),
    aligned: yield* ask(aligned),
  };
  return {
    fold: fold.id,
    predictions: answered,
    reason: reasons(round, answered.within),
    questions: kept(whole, [within, anatomical, aligned]),
    pairs: yield* pairsAsked(round.evaluation, fold, [
      within,
      anatomical,
      ...(shifted === null ? [] : [shifted.question]),
      aligned,
    ]),
    heldOut: yield* inVoxels(moved, common),
    patterns:
      round.rows.held.length === 0
        ? null
        : {
            anatomical: yield* patternsOf(round, anatomical, onAnatomy),
            aligned: yield* patternsOf(round, aligned, common),
          },
    choice: round.choice,
    fitCourse: moved.course,
    fewer: moved.fewer,
    courses: { anatomical: anatomicalCourses, shifted: shifted?.courses ?? null, aligned: alignedCourses },
    spheres: yield* asSpheres(round, anatomical, { question: aligned, moved }),
    reconstructions: foretell
      ? {
          anatomical: yield* foretoldOnAnatomy(round, onAnatomy),
          shifted: shifted && (yield* foretoldBySpace(round, shifted.foretold)),
          aligned: yield* foretoldBySpace(round, moved.foretold),
        }
      : null,
  };
}

/** The predictions alone, and no baseline of shifted times: what labels drawn anew are asked for. */
export function* predictFold(
  whole: Evaluation,
  fold: Fold,
  alignMethod: AlignMethod,
): Staged<FoldOutcome["predictions"]> {
  if (whole.plan.protocol.name === "leave-one-subject-out") {
    const anatomical = yield* answers(whole, fold, questionAcross(whole, fold));
    return { within: [], anatomical, shifted: [], aligned: [] };
  }
  const round = yield* roundOf(whole, fold, alignMethod);
  const { common } = yield* alignedRows(round, alignMethod, { beside: true });
  const anatomical = yield* questionBetween("anatomical", round, anatomicalRows(round));
  const aligned = yield* questionBetween("aligned", round, common);
  const ask = (question: Question) => answers(round.evaluation, fold, question);
  return {
    within: yield* ask(withinSubjects(round)),
    anatomical: yield* ask(anatomical),
    shifted: [],
    aligned: yield* ask(aligned),
  };
}

function withinSubjects(round: Round): Question {
  const { evaluation, rows } = round;
  const of = (wanted: readonly number[]) =>
    evaluation.subjects.map((_, subject) => ownRows(round, "classify", subject, wanted));
  return {
    method: "within",
    from: "own",
    train: of(rows.learned),
    trainRows: rows.learned,
    test: of(rows.held),
    testRows: rows.held,
    voxels: null,
  };
}

/** What an alignment gives by itself: the same, of times in which nothing corresponds. */
function* onShiftedTime(round: Round, alignMethod: AlignMethod) {
  const foretell = round.evaluation.plan.reconstruction;
  const { aligned, common } = yield* alignedRows(round, alignMethod, {
    beside: true,
    shifted: true,
    foretell,
  });
  return {
    foretold: aligned.foretold,
    question: yield* questionBetween("shifted", round, common),
    courses: yield* coursesBetween(round, common),
  };
}

/** Why nothing was predicted that rests on labelled rows of the runs to fit on, in a fold that has rows to test. */
function reasons({ fold, rows }: Round, within: readonly Prediction[]): FoldOutcome["reason"] {
  if (within.length > 0 || rows.held.length === 0) return {};
  const why = "The runs to fit on share no condition with the runs to test on.";
  return fold.scheme === "A" ? { within: why } : { within: why, anatomical: why, shifted: why, aligned: why };
}

/** On anatomy and, where it was moved, after alignment; null where spheres are not asked for. */
function* asSpheres(
  { evaluation, fold, kept }: Pick<Round, "evaluation" | "fold" | "kept">,
  anatomical: Question,
  aligned: { readonly question: Question; readonly moved: Moved } | null,
): Staged<FoldOutcome["spheres"]> {
  const { spheres = null } = evaluation;
  if (spheres === null) return null;
  const voxels = kept?.common ?? range(0, evaluation.align.subjects[0]?.columns ?? 0);
  const before = yield* inSpheres(evaluation, fold, anatomical, { voxels, projection: null }, spheres);
  const after = aligned && (yield* inSpheres(evaluation, fold, aligned.question, aligned.moved, spheres));
  return { before, after };
}

function* pairsAsked(
  evaluation: Evaluation,
  fold: Fold,
  questions: readonly Question[],
): Staged<readonly SubjectPairs[]> {
  return evaluation.plan.pairs ? yield* pairsApart(evaluation, fold, questions) : [];
}

function kept({ plan: { statistics } }: Evaluation, questions: readonly Question[]): Question[] {
  return statistics.permutations?.repeat === "classifier" ? questions.map(keptQuestion) : [];
}

/** The rows to look at. Those in voxels are shown as they came; components are z-scored, weighted and brought back. */
function* inVoxels({ voxels, projection, weights }: Moved, { held }: CommonRows): Staged<HeldOut> {
  if (projection === null) {
    return {
      voxels,
      classified: held.rows.map(({ data }) => Float32Array.from(data)),
      shown: held.blocks.map(({ data }) => Float32Array.from(data)),
    };
  }
  const brought = function* (rows: readonly Values[]): Staged<readonly Float32Array[]> {
    const tasks = rows.map((samples, at) =>
      viewTask({ samples, by: held.blocks[at] as Values, weights, projection }),
    );
    return ((yield tasks) as readonly Values[]).map(({ data }) => Float32Array.from(data));
  };
  return { voxels, classified: yield* brought(held.rows), shown: yield* brought(held.blocks) };
}

/** Leave one subject out over all rows, selection on the stacked rows of the others: PyMVPA's anatomical baseline. */
function questionAcross(evaluation: Evaluation, fold: Fold): Question {
  const { held } = rowsOfFold(evaluation, fold);
  const samples = evaluation.classify.subjects.map((own) => takeRows(own, held));
  return {
    method: "anatomical",
    from: "others",
    train: samples,
    trainRows: held,
    test: samples,
    testRows: held,
    voxels: evaluation.plan.selection?.voxels ?? null,
  };
}

function* acrossAllRows(evaluation: Evaluation, fold: Fold): Staged<FoldOutcome> {
  const question = questionAcross(evaluation, fold);
  return {
    fold: fold.id,
    predictions: {
      within: [],
      anatomical: yield* answers(evaluation, fold, question),
      shifted: [],
      aligned: [],
    },
    reason: {
      within: "The protocol leaves out subjects, so no subject is tested on their own data.",
      shifted: "The protocol leaves no rows to align on.",
      aligned: "The protocol leaves no rows to align on.",
    },
    questions: kept(evaluation, [question]),
    pairs: yield* pairsAsked(evaluation, fold, [question]),
    heldOut: null,
    patterns: null,
    choice: null,
    fitCourse: null,
    fewer: null,
    courses: null,
    spheres: yield* asSpheres({ evaluation, fold, kept: null }, question, null),
    reconstructions: null,
  };
}
