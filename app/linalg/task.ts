import type { Linalg } from "./linalg.ts";

/** A piece of work that one worker thread does alone, named so that any thread can find its code. */
export interface Task {
  readonly name: string;
  readonly input: unknown;
}

/**
 * A task's code; it may answer with a promise. A method declaration, so that a table may hold tasks of different
 * inputs.
 */
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

/** The same stages with other names for their tasks: a table may then hold the tasks of several methods. */
export function* renamed<Result>(staged: Staged<Result>, rename: (name: string) => string): Staged<Result> {
  let turn = staged.next();
  while (!turn.done) {
    const outputs = yield turn.value.map(({ name, input }) => ({ name: rename(name), input }));
    turn = staged.next(outputs);
  }
  return turn.value;
}

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
