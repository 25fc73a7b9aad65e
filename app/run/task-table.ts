import { aligners } from "#app/align/aligners.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { evaluationTasks } from "#app/evaluate/evaluation-tasks.ts";
import { matrixFrom, single, type Values } from "#app/linalg/matrix.ts";
import type { Task, TaskTable } from "#app/linalg/task.ts";
import { prepareTasks } from "#app/prepare/prepare-tasks.ts";

interface ApplyInput {
  readonly transform: Transform;
  readonly samples: readonly Values[];
}

/** Moves a subject's samples into the common space; they stay in the precision that they have. */
export function applyTask(input: ApplyInput): Task {
  return { name: "align/apply", input };
}

/** Every task that a worker thread knows. A method's own tasks carry its name before theirs. */
export const taskTable: TaskTable = {
  ...Object.fromEntries(
    Object.values(aligners).flatMap(({ name, tasks }) =>
      Object.entries(tasks).map(([task, code]) => [`${name}/${task}`, code]),
    ),
  ),
  ...evaluationTasks,
  ...prepareTasks,
  "align/apply": {
    run: (linalg, input) => {
      const { transform, samples } = input as ApplyInput;
      return samples.map((values) => {
        const moved = applyTransform(linalg, transform, matrixFrom(values.rows, values.columns, values.data));
        return values.data instanceof Float32Array ? single(moved) : moved;
      });
    },
  },
};
