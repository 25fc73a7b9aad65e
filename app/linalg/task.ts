import { setImmediate } from "node:timers/promises";
import type { Linalg } from "./linalg.ts";

/** A piece of work that one worker thread does alone, named so that any thread can find its code. */
export interface Task {
  readonly name: string;
  readonly input: unknown;
  /** It waits for files and for what unpacks them much of its time: a thread may work on another meanwhile. */
  readonly waits?: boolean;
}

/**
 * A task's code; it may answer with a promise, and then should heed the signal, whose abort means that nobody wants the
 * answer any more. A method declaration, so that a table may hold tasks of different inputs.
 */
export interface TaskCode {
  run(linalg: Linalg, input: unknown, signal?: AbortSignal): unknown;
}

/** Code whose input is of one shape. */
export function taskCode<Input, Output>(run: (linalg: Linalg, input: Input) => Output): TaskCode {
  return { run: (linalg, input) => run(linalg, input as Input) };
}

export type TaskTable = Readonly<Record<string, TaskCode>>;

/**
 * An algorithm that reads like its paper and yields a batch of independent tasks wherever subjects can be
 * worked on side by side. Results come back in the order of the batch, so that sums are taken in a fixed order
 * and any number of workers gives the same bits.
 */
export type Staged<Result> = Generator<readonly Task[], Result, readonly unknown[]>;

interface Driving {
  readonly signal?: AbortSignal | undefined;
  readonly onTask?: (() => void) | undefined;
}

/** Runs an algorithm's stages: `signal` stops it between tasks, and `onTask` hears of each task done. */
export interface TaskRunner {
  drive<Result>(staged: Staged<Result>, options?: Driving): Promise<Result>;
}

/** The same stages with other names for their tasks: a table may then hold the tasks of several methods. */
export function* renamed<Result>(staged: Staged<Result>, rename: (name: string) => string): Staged<Result> {
  let turn = staged.next();
  while (!turn.done) {
    const outputs = yield turn.value.map((task) => ({ ...task, name: rename(task.name) }));
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

/** The same of tasks that may answer with promises. Messages are let in before each, so that it can be stopped. */
export async function driveInline<Result>(
  staged: Staged<Result>,
  tasks: TaskTable,
  linalg: Linalg,
  { signal, onTask }: Driving = {},
): Promise<Result> {
  let turn = staged.next();
  while (!turn.done) {
    const outputs: unknown[] = [];
    for (const task of turn.value) {
      await setImmediate();
      signal?.throwIfAborted();
      outputs.push(await codeOf(tasks, task).run(linalg, task.input, signal));
      onTask?.();
    }
    turn = staged.next(outputs);
  }
  return turn.value;
}

function codeOf(tasks: TaskTable, task: Task): TaskCode {
  const code = tasks[task.name];
  if (code === undefined) throw new Error(`no task is named ${task.name}`);
  return code;
}
