import type { Choice } from "#app/contract/result.ts";
import type { VolumeSpan } from "#app/contract/run-part.ts";
import { choosesVoxels, numbersOfVoxels } from "#app/contract/selection.ts";
import { type Matrix, single, take, takeRows, type Values } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { range } from "#app/linalg/vector.ts";
import type { AlignInput, AlignMethod, ChoiceInput, Moved } from "./align-method.ts";
import { type Evaluation, rowsIn } from "./evaluation.ts";
import type { Fold } from "./fold.ts";
import { choiceInput } from "./fold-choice.ts";
import { partsOf, runLabels } from "./fold-labels.ts";
import { type FoldRows, rowsOfFold, scaledByPart, testedIn } from "./fold-rows.ts";
import { type KeptVoxels, makersOf, voxelsKept, voxelsOfChoice } from "./kept-voxels.ts";
import { shiftedRows, timeShifts } from "./shifted-time.ts";

/** A fold under way: its samples, its rows and the voxels kept. */
export interface Round {
  readonly evaluation: Evaluation;
  readonly fold: Fold;
  readonly rows: FoldRows;
  /** What was chosen on the fold's rows to fit on; null where nothing was to be. */
  readonly choice: Choice | null;
  /** Null where no selection is asked for. */
  readonly kept: KeptVoxels | null;
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

export function* roundOf(whole: Evaluation, fold: Fold, { choose }: AlignMethod): Staged<Round> {
  const evaluation = yield* scaledByPart(whole, fold);
  const { selection } = evaluation.plan;
  const rows = rowsOfFold(evaluation, fold);
  const best = yield* voxelsKept(evaluation, fold, rows);
  const [first = 0] = selection === null ? [] : numbersOfVoxels(selection);
  const usual = best?.(first) ?? null;
  const choice = yield* choose(choiceOn({ evaluation, fold, rows, kept: usual }));
  const voxels = voxelsOfChoice(choice);
  return { evaluation, fold, rows, choice, kept: voxels === null ? usual : (best?.(voxels) ?? null) };
}

/** The rows to fit on, as parameters are chosen on them: of those who make the space. */
function choiceOn({ evaluation, fold, rows, kept }: Omit<Round, "choice">): ChoiceInput {
  const { align, classify, plan } = evaluation;
  const makers = makersOf(evaluation, fold);
  const subjectOf = (maker: number) => makers[maker] as number;
  const labelled = rowsIn(classify, fold.fit);
  return choiceInput({
    ...rows,
    fittedVolumes: rows.fitted.map((row) => align.volumes[row] as VolumeSpan),
    labelled,
    labelledRuns: partsOf(labelled, fold.fit, classify),
    labelledVolumes: labelled.map((row) => classify.volumes[row] as VolumeSpan),
    voxels: makers.map((at) => kept?.own[at] ?? range(0, (align.subjects[at] as Values).columns)),
    best: choosesVoxels(plan.selection)
      ? function* (among) {
          const learned = rows.learned.filter((row) => among.labelled.includes(row));
          const found = yield* voxelsKept(evaluation, fold, { learned, fitted: among.fitted });
          return (voxels) => {
            const own = found?.(voxels).own;
            return makers.map((at) => own?.[at] as Int32Array);
          };
        }
      : null,
    samples: (maker, wanted, voxels) => take(align.subjects[subjectOf(maker)] as Values, wanted, voxels),
    labels: (maker, among, voxels) =>
      runLabels(evaluation, fold, { subject: subjectOf(maker), among, voxels }),
  });
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
  { evaluation, fold, rows, choice, kept }: Round,
  { align: alignBy }: AlignMethod,
  { shifted = false, foretell = false, beside = false }: FitOptions = {},
): Staged<{ readonly aligned: Moved; readonly common: CommonRows }> {
  const { align, classify, subjects } = evaluation;
  const voxels = align.subjects.map(({ columns }, at) => kept?.own[at] ?? range(0, columns));
  const chosen = (samples: readonly Values[], wanted: readonly number[], at: number) =>
    take(samples[at] as Values, wanted, voxels[at] as Int32Array);
  const learns = movesLearned(evaluation, fold);
  const fitted = shifted ? shiftedFor(evaluation, fold, rows) : subjects.map(() => rows.fitted);
  const aligned = yield* alignBy({
    samples: align.subjects.map((_, at) => chosen(align.subjects, fitted[at] as readonly number[], at)),
    voxels,
    runLengths: rows.fittedLengths,
    leftOut: fold.newcomer === null ? null : subjects.indexOf(fold.newcomer),
    // Labels would say what times no longer do.
    labelled: (subject) =>
      shifted
        ? null
        : runLabels(evaluation, fold, {
            subject,
            among: rowsIn(classify, fold.fit),
            voxels: voxels[subject] as Int32Array,
          }),
    choice,
    held: (at) => {
      const of = (labelled: readonly number[], block: readonly number[]): Values[] => [
        chosen(classify.subjects, labelled, at),
        single(chosen(align.subjects, block, at)),
      ];
      const held = of(rows.held, rows.shown);
      return learns ? [...held, ...of(rows.learned, rows.fitted)] : held;
    },
    foretell: foretell ? testedIn(evaluation, fold) : [],
    beside,
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
