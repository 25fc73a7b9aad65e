import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, meanOf, scaleAndShift, zeros } from "#app/linalg/matrix.ts";
import { type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type PanelFile, writePanel } from "#app/scratch/panel-file.ts";
import type { PanelSpan } from "#app/scratch/panel-spans.ts";
import { blend, meanOf as meanOfAll, meanOfOthers } from "../blend.ts";
import type { Completion } from "../completion.ts";
import { coreOfFit, fitPanels, type PanelFit, type RowSpan, spanOfGram } from "./panel-fit.ts";
import { centredPanel, doublePanel, panelTasks } from "./panel-products.ts";

/** What level 1 starts from: the reference's samples, z-scored by voxel if asked, as the first target. */
export interface StartInput {
  readonly samples: PanelFile;
  readonly target: PanelFile;
  readonly zscore: boolean;
  readonly span: PanelSpan;
}

/** A subject fitted to the running space, which takes them in and is the next target. */
export interface AdvanceInput {
  readonly target: PanelFile;
  readonly fit: PanelFit;
  readonly zscore: boolean;
  /** Of the target in the next; of the subject the rest. */
  readonly weight: number;
  readonly aligned: PanelFile;
  /** null of the last. */
  readonly next: PanelFile | null;
  readonly span: PanelSpan;
}

/** All subjects as they were aligned last. */
export interface OthersInput {
  readonly aligned: readonly PanelFile[];
  readonly zscore: boolean;
  readonly span: PanelSpan;
}

/** The same, and how each of them is fitted to the mean of the others; where that is kept, it is. */
export interface LevelTwoInput extends OthersInput {
  readonly fits: readonly PanelFit[];
  readonly kept: readonly PanelFile[] | null;
  readonly space: PanelFile;
}

export interface SpaceInput extends OthersInput {
  readonly space: PanelFile;
}

interface FitInput {
  readonly source: RowSpan;
  readonly target: Matrix;
  readonly voxels: number;
  readonly scaling: boolean;
}

export interface CoreInput extends FitInput {
  readonly between: Matrix;
  readonly completion: Completion;
}

/** What hyperalignment of whole brains does, span by span of panels, and its fits. */
export const streamedTasks: TaskTable = {
  ...panelTasks,
  "streamed-span": taskCode((linalg, { gram, voxels }: { gram: Matrix; voxels: number }) =>
    spanOfGram(linalg, gram, voxels),
  ),
  "streamed-fit": taskCode((linalg, { source, target, voxels, scaling }: FitInput) =>
    fitPanels(linalg, source, spanOfGram(linalg, target, voxels), { scaling }),
  ),
  "streamed-core": taskCode((linalg, { source, target, voxels, between, ...rule }: CoreInput) =>
    coreOfFit(linalg, { source, target: spanOfGram(linalg, target, voxels), between }, rule),
  ),
  "streamed-start": taskCode(start),
  "streamed-advance": taskCode(advance),
  "streamed-others": taskCode(others),
  "streamed-level-two": taskCode(levelTwo),
  "streamed-space": taskCode(space),
};

/** The target's Gram matrix over the span, T × T. */
function start(linalg: Linalg, { samples, target, zscore, span }: StartInput): Matrix {
  return overPanels(linalg, target, span, (panel) => {
    const own = doublePanel(samples, panel);
    if (zscore) linalg.zscore(own);
    return own;
  });
}

/** The next target's Gram matrix over the span, T × T; null where there is no next. */
function advance(
  linalg: Linalg,
  { target, fit, zscore, weight, aligned, next, span }: AdvanceInput,
): Matrix | null {
  const step = (panel: number) => {
    const space = doublePanel(target, panel);
    const moved = movedTo(linalg, space, fit, zscore);
    writePanel(aligned, panel, linalg.single(moved));
    return { space, moved };
  };
  if (next === null) {
    for (let panel = span.from; panel < span.to; panel++) step(panel);
    return null;
  }
  return overPanels(linalg, next, span, (panel) => {
    const { space, moved } = step(panel);
    return linalg.blend([space, moved], [weight, 1 - weight], zscore);
  });
}

/** Of each subject the Gram matrix of the mean of the others over the span, T × T. */
function others(linalg: Linalg, { aligned, zscore, span }: OthersInput): Matrix[] {
  const [{ rows }] = aligned as readonly [PanelFile];
  const sums = aligned.map(() => zeros(rows, rows));
  for (let panel = span.from; panel < span.to; panel++) {
    othersOf(linalg, aligned, panel, zscore, (mean, at) => {
      linalg.addGram(sums[at] as Matrix, zscore ? mean : linalg.centre(mean).matrix);
    });
  }
  return sums;
}

/** The Gram matrix over the span of the mean of all, each fitted to the mean of the others: T × T. */
function levelTwo(linalg: Linalg, { aligned, fits, kept, zscore, space: file, span }: LevelTwoInput): Matrix {
  return overPanels(linalg, file, span, (panel) => {
    const moved: Matrix[] = [];
    othersOf(linalg, aligned, panel, zscore, (mean, at) => {
      const own = movedTo(linalg, mean, fits[at] as PanelFit, zscore);
      if (kept !== null) writePanel(kept[at] as PanelFile, panel, linalg.single(own));
      moved.push(own);
    });
    return blend(linalg, meanOfAll(moved), zscore);
  });
}

/** The same of all as they were aligned. */
function space(linalg: Linalg, { aligned, zscore, space: file, span }: SpaceInput): Matrix {
  return overPanels(linalg, file, span, (panel) =>
    blend(linalg, meanOfAll(aligned.map((own) => doublePanel(own, panel))), zscore),
  );
}

/** Writes what is made of each panel, and gives its Gram matrix over the span, columns centred. */
function overPanels(
  linalg: Linalg,
  file: PanelFile,
  { from, to }: PanelSpan,
  made: (panel: number) => Matrix,
): Matrix {
  const sum = zeros(file.rows, file.rows);
  for (let panel = from; panel < to; panel++) {
    writePanel(file, panel, linalg.single(made(panel)));
    // As it will be read.
    linalg.addGram(sum, centredPanel(linalg, file, panel).matrix);
  }
  return sum;
}

/** Hands on the mean of all others of each subject, in their order, z-scored by voxel if asked. */
function othersOf(
  linalg: Linalg,
  aligned: readonly PanelFile[],
  panel: number,
  zscore: boolean,
  each: (mean: Matrix, at: number) => void,
): void {
  const all = aligned.map((own) => doublePanel(own, panel));
  const n = all.length;
  const mean = meanOf(all);
  for (const [at, own] of all.entries()) each(blend(linalg, meanOfOthers(mean, own, n), zscore), at);
}

/** A source's rows in the space of the target's, T × columns; z-scored by voxel if asked, which undoes scale and offset. */
function movedTo(linalg: Linalg, target: Matrix, { coefficients, scale }: PanelFit, zscore: boolean): Matrix {
  const { matrix, means } = linalg.centre(target);
  const product = linalg.multiplySingle(linalg.single(coefficients), linalg.single(matrix));
  const moved: Matrix = { ...product, data: Float64Array.from(product.data) };
  if (zscore) linalg.zscore(moved);
  else scaleAndShift(moved, scale, means);
  return moved;
}
