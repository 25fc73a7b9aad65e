import type { RunPart } from "#app/contract/run-part.ts";
import { type Matrix, single, take, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { highest, meanOfLists, range } from "#app/linalg/vector.ts";
import type { AlignInput, AlignMethod, Moved } from "./align-method.ts";
import {
  codedRows,
  codesOf,
  type Evaluation,
  type EvaluationSamples,
  labelsOf,
  rowsIn,
} from "./evaluation.ts";
import type { Fold } from "./fold.ts";
import { type FoldRows, rowsOfFold, scaledByPart, testedIn } from "./fold-rows.ts";
import { voxelScores } from "./selection/voxel-scores.ts";
import { shiftedRows, timeShifts } from "./shifted-time.ts";

/** A fold under way: its samples, its rows and the voxels kept. */
export interface Round {
  readonly evaluation: Evaluation;
  readonly fold: Fold;
  readonly rows: FoldRows;
  /** Null where no selection is asked for. */
  readonly kept: KeptVoxels | null;
}

/** Voxels chosen on the fold's rows to fit on, by number. */
interface KeptVoxels {
  /** Of each subject, those with their highest scores. */
  readonly own: readonly Int32Array[];
  /** For all: those with the highest mean score over the subjects who make the space. */
  readonly common: Int32Array;
}

/** Rows of each subject, and those of the kind aligned on that give them their means and spreads. */
export interface RowsAndBlock {
  readonly rows: readonly Matrix[];
  readonly blocks: readonly Values[];
}

/** Rows of all subjects in columns that correspond. */
export interface CommonRows {
  /** The labelled rows to test, and all rows held out of the kind aligned on. */
  readonly held: RowsAndBlock;
  /** The labelled rows fitted on, where classifiers learn from them (scheme B) or patterns are compared with them. */
  readonly learned: RowsAndBlock | null;
  /** How much each column counts; null where all count alike. */
  readonly weights: Float64Array | null;
}

export function* roundOf(whole: Evaluation, fold: Fold): Staged<Round> {
  const evaluation = yield* scaledByPart(whole, fold);
  const rows = rowsOfFold(evaluation, fold);
  return { evaluation, fold, rows, kept: yield* keptVoxels(evaluation, fold, rows) };
}

function* keptVoxels(
  evaluation: Evaluation,
  { newcomer, fit }: Fold,
  { learned, fitted }: FoldRows,
): Staged<KeptVoxels | null> {
  const { plan, classify, align, subjects } = evaluation;
  if (plan.selection === null) return null;
  const { voxels } = plan.selection;
  const makers = [...subjects.keys()].filter((at) => subjects[at] !== newcomer);
  const scores = yield* voxelScores(plan.selection, {
    labelled: classify.subjects,
    rows: learned,
    labelsOf: (at) => codesOf(evaluation, at, learned),
    parts: partsOf(learned, fit, classify),
    aligned: align.subjects,
    fitted,
    makers,
  });
  return {
    own: scores.map((own) => highest(own, voxels)),
    common: highest(meanOfLists(makers.map((at) => scores[at] as Float64Array)), voxels),
  };
}

/** A subject's rows of one of the two kinds, over the voxels kept for them. */
export function ownRows(
  { evaluation, kept }: Round,
  kind: "align" | "classify",
  subject: number,
  rows: readonly number[],
): Matrix {
  const samples = evaluation[kind].subjects[subject] as Values;
  const voxels = kept?.own[subject];
  return voxels === undefined ? takeRows(samples, rows) : take(samples, rows, voxels);
}

/** On one set of voxels for all. */
export function anatomicalRows({ evaluation, fold, rows, kept }: Round): CommonRows {
  const { align, classify } = evaluation;
  const chosen = (samples: readonly Values[], wanted: readonly number[]) =>
    samples.map((own) => (kept === null ? takeRows(own, wanted) : take(own, wanted, kept.common)));
  const of = (labelled: readonly number[], block: readonly number[]) => ({
    rows: chosen(classify.subjects, labelled),
    blocks: chosen(align.subjects, block).map(single),
  });
  return {
    held: of(rows.held, rows.shown),
    learned: movesLearned(evaluation, fold) ? of(rows.learned, rows.fitted) : null,
    weights: null,
  };
}

/** How a fit is made: the one proper where nothing else is said. */
export type FitOptions = Pick<AlignInput, "beside"> & {
  /** Whether subjects' times are shifted against each other in it. */
  readonly shifted?: boolean;
  /** Whether the rows held out of each subject tested are foretold from the others'. */
  readonly foretell?: boolean;
};

/** After alignment, each subject with the voxels kept for them. */
export function* alignedRows(
  { evaluation, fold, rows, kept }: Round,
  alignMethod: AlignMethod,
  { shifted = false, foretell = false, ...beside }: FitOptions = {},
): Staged<{ readonly aligned: Moved; readonly common: CommonRows }> {
  const { align, classify, subjects } = evaluation;
  const voxels = align.subjects.map(({ columns }, at) => kept?.own[at] ?? range(0, columns));
  const chosen = (samples: readonly Values[], wanted: readonly number[], at: number) =>
    take(samples[at] as Values, wanted, voxels[at] as Int32Array);
  const learns = movesLearned(evaluation, fold);
  const fitted = shifted ? shiftedFor(evaluation, fold, rows) : subjects.map(() => rows.fitted);
  const aligned = yield* alignMethod({
    samples: align.subjects.map((_, at) => chosen(align.subjects, fitted[at] as readonly number[], at)),
    voxels,
    runLengths: rows.fittedLengths,
    leftOut: fold.newcomer === null ? null : subjects.indexOf(fold.newcomer),
    // Labels would say what times no longer do.
    labelled: (at) => (shifted ? null : labelledFor(evaluation, fold, at, chosen)),
    held: (at) => {
      const of = (labelled: readonly number[], block: readonly number[]): Values[] => [
        chosen(classify.subjects, labelled, at),
        single(chosen(align.subjects, block, at)),
      ];
      const held = of(rows.held, rows.shown);
      return learns ? [...held, ...of(rows.learned, rows.fitted)] : held;
    },
    foretell: foretell ? testedIn(evaluation, fold) : [],
    ...beside,
  });
  const moved = (first: number) => ({
    rows: aligned.moved.map((own) => own[first] as Matrix),
    blocks: aligned.moved.map((own) => own[first + 1] as Values),
  });
  return {
    aligned,
    common: { held: moved(0), learned: learns ? moved(2) : null, weights: aligned.weights },
  };
}

/** Whether labelled rows fitted on are brought to the space too. */
function movesLearned({ plan }: Evaluation, { scheme }: Fold): boolean {
  const { dissimilarity } = plan.similarity;
  return scheme === "B" || dissimilarity === "mahalanobis" || dissimilarity === "crossnobis";
}

/** A subject's labelled rows to fit on, for methods that are led by labels. */
function labelledFor(
  evaluation: Evaluation,
  { fit }: Fold,
  subject: number,
  chosen: (samples: readonly Values[], wanted: readonly number[], at: number) => Matrix,
) {
  const { classify } = evaluation;
  const { rows, codes } = codedRows(labelsOf(evaluation, subject), rowsIn(classify, fit));
  return { samples: chosen(classify.subjects, rows, subject), codes, runs: partsOf(rows, fit, classify) };
}

/** Of rows, part by part, the number of the part that each is of. */
function partsOf(rows: readonly number[], parts: readonly RunPart[], samples: EvaluationSamples): number[] {
  return parts.flatMap((part, number) => {
    const own = new Set(rowsIn(samples, [part]));
    return rows.filter((row) => own.has(row)).map(() => number);
  });
}

/** The rows to fit on of each subject, each part shifted around its end. */
function shiftedFor(
  { subjects, plan }: Evaluation,
  { id }: Fold,
  { fitted, fittedLengths }: FoldRows,
): number[][] {
  const shifts = fittedLengths.map((length, part) =>
    timeShifts(subjects.length, length, plan.seed, `${id} ${part}`),
  );
  return subjects.map((_, at) =>
    shiftedRows(
      fittedLengths,
      shifts.map((own) => own[at] as number),
    ).map((row) => fitted[row] as number),
  );
}
