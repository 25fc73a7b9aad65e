import type { FaultCode } from "#app/contract/fault.ts";

/** What a worker thread is started with: the folder below which the addon lies. */
export interface WorkerData {
  readonly root: string;
}

/** What the engine asks of a worker thread. Large arrays lie in shared memory and are not copied. */
export interface ToWorker {
  readonly kind: "run";
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What a worker thread answers. `bug` is an error that no user should meet: its text goes to the log. */
export type FromWorker =
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | {
      readonly kind: "fault";
      readonly id: number;
      readonly code: FaultCode;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: "bug"; readonly id: number; readonly text: string };
