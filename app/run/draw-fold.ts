import { setImmediate } from "node:timers/promises";
import type { FoldOutcome } from "#app/evaluate/evaluate-fold.ts";
import { predictFold } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import type { Fold } from "#app/evaluate/fold.ts";
import { relabelled } from "#app/evaluate/relabel.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Staged, Task, TaskCode, TaskTable } from "#app/linalg/task.ts";
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
      const drawn = relabelled(evaluation, evaluation.plan.seed, draw);
      const align = methodOf(drawn.plan).align(space);
      return inThisThread(predictFold(drawn, drawn.folds[fold] as Fold, align), tasks, linalg, signal);
    },
  };
}

/** Lets messages in between the stages, so that it can be stopped. */
async function inThisThread<Result>(
  staged: Staged<Result>,
  tasks: TaskTable,
  linalg: Linalg,
  signal: AbortSignal | undefined,
): Promise<Result> {
  let turn = staged.next();
  while (!turn.done) {
    const outputs: unknown[] = [];
    for (const { name, input } of turn.value) {
      await setImmediate();
      signal?.throwIfAborted();
      const code = tasks[name];
      if (code === undefined) throw new Error(`no task is named ${name}`);
      outputs.push(await code.run(linalg, input, signal));
    }
    turn = staged.next(outputs);
  }
  return turn.value;
}
