import { type FoldOutcome, predictFold } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import type { Fold } from "#app/evaluate/fold.ts";
import { drawnLabelling } from "#app/evaluate/labellings.ts";
import { driveInline, type Task, type TaskCode, type TaskTable } from "#app/linalg/task.ts";
import { methodOf } from "./plan-method.ts";
import type { VoxelGrid } from "./voxel-grid.ts";

/** A fold with labels drawn anew. */
export interface DrawFoldInput {
  readonly evaluation: Evaluation;
  readonly space: VoxelGrid;
  readonly fold: number;
  readonly draw: number;
}

/** Selection, alignment, training and testing of a fold by labels drawn anew, all in one thread: what it predicts. */
export function drawFoldTask(input: DrawFoldInput): Task {
  return { name: "draw-fold", input };
}

/** Done by the other tasks' code: a fit of which there are thousands is not worth messages between threads. */
export function drawFoldCode(tasks: TaskTable): TaskCode {
  return {
    async run(linalg, input, signal): Promise<FoldOutcome["predictions"]> {
      const { evaluation, space, fold, draw } = input as DrawFoldInput;
      const drawn = drawnLabelling(evaluation, draw);
      const align = methodOf(drawn.plan).over(space);
      return driveInline(predictFold(drawn, drawn.folds[fold] as Fold, align), tasks, linalg, { signal });
    },
  };
}
