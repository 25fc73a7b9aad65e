import { Worker } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { noteSharedMemory, share, sharedBytes } from "#app/linalg/shared-memory.ts";
import type { Staged, Task } from "#app/linalg/task.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

interface Job {
  readonly message: ToWorker;
  readonly resolve: (output: unknown) => void;
  readonly reject: (reason: Error) => void;
}

interface Seat {
  readonly worker: Worker;
  job: Job | null;
}

/**
 * Long-lived worker threads, one task each at a time. Results are handed back in the order asked for, whoever
 * computed them, so any number of workers gives the same bits. A worker is never ended inside a task.
 */
export class Pool {
  readonly #seats: Seat[];
  readonly #waiting: Job[] = [];
  #nextId = 0;

  /** `entry` is the bundled worker file, `root` the folder below which the addon lies. */
  constructor(entry: string, root: string, size: number) {
    const workerData: WorkerData = { root };
    this.#seats = Array.from({ length: size }, () => this.#seat(new Worker(entry, { workerData })));
  }

  get size(): number {
    return this.#seats.length;
  }

  /** Runs an algorithm's stages; between tasks `signal` stops it and `onTask` hears of each task done. */
  async drive<Result>(
    staged: Staged<Result>,
    { signal, onTask }: { signal?: AbortSignal; onTask?: () => void } = {},
  ): Promise<Result> {
    let turn = staged.next();
    while (!turn.done) {
      const outputs = turn.value.map(async (task) => {
        const output = await this.#run(task, signal);
        onTask?.();
        return output;
      });
      turn = staged.next(await Promise.all(outputs));
    }
    return turn.value;
  }

  /** Waits for no one: call it when nothing is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#seats.map(({ worker }) => worker.terminate()));
  }

  #run({ name: task, input }: Task, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const message: ToWorker = { kind: "run", id: this.#nextId++, task, input };
      const withdraw = () => this.#withdraw(job, signal?.reason);
      const settled = () => signal?.removeEventListener("abort", withdraw);
      const job: Job = {
        message,
        resolve: (output) => {
          settled();
          resolve(output);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      };
      signal?.addEventListener("abort", withdraw, { once: true });
      this.#waiting.push(job);
      this.#dispatch();
    });
  }

  /** A job that waits is dropped at once; one under way ends on its own and its output is let go. */
  #withdraw(job: Job, reason: Error): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    job.reject(reason);
  }

  #dispatch(): void {
    for (const seat of this.#seats) {
      if (seat.job !== null) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      seat.job = job;
      const message = share(job.message);
      seat.worker.postMessage(message);
      noteSharedMemory(sharedBytes(message));
    }
  }

  #seat(worker: Worker): Seat {
    const seat: Seat = { worker, job: null };
    worker.on("message", (message: FromWorker) => this.#hear(seat, message));
    worker.on("error", (error) => this.#lose(seat, error));
    return seat;
  }

  #hear(seat: Seat, message: FromWorker): void {
    if (seat.job === null) return;
    const { job } = seat;
    seat.job = null;
    if (message.kind === "done") {
      noteSharedMemory(sharedBytes(message.output));
      job.resolve(message.output);
    }
    if (message.kind === "fault") job.reject(new Fault(message.code, message.values));
    if (message.kind === "bug") job.reject(new Error(message.text));
    this.#dispatch();
  }

  /** A thread that died takes its task with it; the others go on. */
  #lose(seat: Seat, error: unknown): void {
    seat.job?.reject(error instanceof Error ? error : new Error(String(error)));
    const at = this.#seats.indexOf(seat);
    if (at >= 0) this.#seats.splice(at, 1);
    if (this.#seats.length === 0)
      for (const job of this.#waiting.splice(0)) job.reject(new Error("no worker is left"));
    else this.#dispatch();
  }
}
