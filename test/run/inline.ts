import { portable } from "#app/linalg/portable.ts";
import type { TaskRunner } from "#app/linalg/task.ts";
import { taskTable } from "#app/run/task-table.ts";

/** Runs every task in this thread, one after the other, by the portable kernels. */
export const inline: TaskRunner = {
  async drive(staged, { signal, onTask } = {}) {
    let turn = staged.next();
    while (!turn.done) {
      const outputs: unknown[] = [];
      for (const { name, input } of turn.value) {
        const code = taskTable[name];
        if (code === undefined) throw new Error(`no task is named ${name}`);
        outputs.push(await code.run(portable, input, signal));
        onTask?.();
      }
      turn = staged.next(outputs);
    }
    return turn.value;
  },
};
