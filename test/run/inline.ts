import { portable } from "#app/linalg/portable.ts";
import { driveInline, type TaskRunner } from "#app/linalg/task.ts";
import { taskTable } from "#app/run/task-table.ts";

/** Runs every task in this thread, one after the other, by the portable kernels. */
export const inline: TaskRunner = {
  drive: (staged, options) => driveInline(staged, taskTable, portable, options),
};
