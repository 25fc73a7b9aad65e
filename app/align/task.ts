import type { Linalg } from "#app/linalg/linalg.ts";

/** A piece of work that one worker thread does alone, named so that any thread can find its code. */
export interface Task {
  readonly name: string;
  readonly input: unknown;
}

/** A task's code. A method declaration, so that a table may hold tasks of different inputs. */
export interface TaskCode {
  run(linalg: Linalg, input: unknown): unknown;
}

export type TaskTable = Readonly<Record<string, TaskCode>>;

/**
 * An algorithm that reads like its paper and yields a batch of independent tasks wherever subjects can be
 * worked on side by side. Results come back in the order of the batch, so that sums are taken in a fixed order
 * and any number of workers gives the same bits.
 */
export type Staged<Result> = Generator<readonly Task[], Result, readonly unknown[]>;

/** Runs every task in this thread. */
export function runInline<Result>(staged: Staged<Result>, tasks: TaskTable, linalg: Linalg): Result {
  let turn = staged.next();
  while (!turn.done) {
    turn = staged.next(turn.value.map((task) => codeOf(tasks, task).run(linalg, task.input)));
  }
  return turn.value;
}

function codeOf(tasks: TaskTable, task: Task): TaskCode {
  const code = tasks[task.name];
  if (code === undefined) throw new Error(`no task is named ${task.name}`);
  return code;
}
