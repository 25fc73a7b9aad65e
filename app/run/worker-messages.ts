import type { FaultCode } from "#app/contract/fault.ts";

/** What a worker thread is started with: the folder below which the addon lies. */
export interface WorkerData {
  readonly root: string;
}

/** What a worker thread is to do. Large arrays lie in shared memory and are not copied. */
export interface RunTask {
  readonly kind: "run";
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  /** Of the shared memory in it, what this thread was not given before. */
  readonly freshBytes: number;
}

/** What the engine asks of a worker thread. `stop`: nobody waits for that task any more. */
export type ToWorker = RunTask | { readonly kind: "stop"; readonly id: number };

/** What a worker thread answers to each task. `bug` is an error that no user should meet: its text goes to the log. */
export type FromWorker =
  | { readonly kind: "stopped"; readonly id: number }
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | {
      readonly kind: "fault";
      readonly id: number;
      readonly code: FaultCode;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: "bug"; readonly id: number; readonly text: string };
