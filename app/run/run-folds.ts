import { voxelsAtMost } from "#app/contract/selection.ts";
import { evaluateFold, type FoldOutcome } from "#app/evaluate/evaluate-fold.ts";
import { type Evaluation, labelledRows } from "#app/evaluate/evaluation.ts";
import { tasksOfFold } from "#app/evaluate/tasks-of-fold.ts";
import type { KeptSpace } from "#app/results/transform-files.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { type FittedSpace, keptSpace } from "./kept-space.ts";
import type { PlanMethod } from "./plan-method.ts";
import type { Pool } from "./pool.ts";
import type { RunMeter } from "./run-meter.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

/** What a Plan's folds are run with. */
export interface Folding {
  readonly method: PlanMethod;
  readonly space: VoxelGrid;
  readonly pool: Pool;
  readonly steps: Checkpoints;
  readonly meter: RunMeter;
  readonly signal: AbortSignal | undefined;
}

/** What is kept of a fold: its outcome and, where the Plan asks for it and the fold aligns, what was fitted. */
export interface FoldDone {
  readonly outcome: FoldOutcome;
  readonly fitted: KeptSpace | null;
}

/**
 * As many folds at a time as there are workers and one more, so that none waits; outcomes in the folds' order. The
 * first that fails stops the others, and none is under way any more when its error is thrown.
 */
export async function runFolds(
  evaluation: Evaluation,
  { method, space, pool, steps, meter, signal }: Folding,
): Promise<FoldDone[]> {
  const { folds, subjects, plan, codes, classes } = evaluation;
  const waysBack = plan.keepTransforms ? subjects.length : 0;
  const tasks = folds.map((fold) => {
    const fit = method.tasksOfFit(fold.fit.length, {
      subjects: subjects.length,
      voxels: voxelsOf(evaluation),
      grid: space.grid,
    });
    return tasksOfFold(evaluation, fold, fit + waysBack);
  });
  meter.begin(
    "align and classify",
    tasks.reduce((sum, count) => sum + count, 0),
  );
  const found: FoldDone[] = [];
  const waiting = folds.entries();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const lane = async () => {
    for (const [at, fold] of waiting) {
      const kept = (await steps.read(fold.id)) as FoldDone | null;
      let left = tasks[at] as number;
      const onTask = () => {
        left -= 1;
        meter.advance(1);
      };
      let fitted: KeptSpace | null = null;
      const onFit = (found: FittedSpace) => {
        const { indices } = space;
        fitted = keptSpace(found, {
          fold: fold.id,
          runs: [...new Set(fold.fit.map(({ run }) => run))],
          names: subjects,
          indices,
          codes: labelledRows(evaluation, fold.held).map((row) => codes[row] as number),
          classes,
        });
      };
      const align = method.over(space, plan.keepTransforms ? onFit : undefined);
      const staged = evaluateFold(evaluation, fold, align);
      const done = kept ?? { outcome: await pool.drive(staged, { onTask, signal: either }), fitted };
      meter.advance(left);
      if (kept === null && folds.length > 1) await steps.keep(fold.id, done);
      found[at] = done;
    }
  };
  const lanes = Array.from({ length: Math.min(folds.length, pool.size + 1) }, lane);
  await Promise.all(lanes.map((one) => one.catch((error: unknown) => stop.abort(error))));
  stop.signal.throwIfAborted();
  return found;
}

/** How many voxels of a subject a fold aligns. */
function voxelsOf({ align, plan }: Evaluation): number {
  return voxelsAtMost(plan.selection, align.subjects[0]?.columns ?? 0);
}
