import { setMaxListeners } from "node:events";
import { Worker } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { noteSharedMemory, share, sharedBytes } from "#app/linalg/shared-memory.ts";
import type { Staged, Task } from "#app/linalg/task.ts";
import { PoolJob } from "./pool-job.ts";
import type { FromWorker, WorkerData } from "./worker-messages.ts";

/** So many threads may die of one job: the first may have died of something else. */
const MOST_DEATHS = 2;

/** A place for a worker thread. A thread that died is replaced when there is work again. */
interface Seat {
  worker: Worker | null;
  job: PoolJob | null;
}

interface PoolOptions {
  /** Hears what no user should meet: bugs of tasks, and threads that died. */
  readonly log?: (text: string) => void;
}

/**
 * Long-lived worker threads, one task each at a time. Results are handed back in the order asked for, whoever
 * computed them, so any number of workers gives the same bits. A worker is never ended inside a task.
 */
export class Pool {
  readonly #entry: string;
  readonly #workerData: WorkerData;
  readonly #log: (text: string) => void;
  readonly #seats: readonly Seat[];
  readonly #waiting: PoolJob[] = [];
  #nextId = 0;
  #closed = false;

  /** `entry` is the bundled worker file, `root` the folder below which the addon lies. */
  constructor(entry: string, root: string, size: number, { log = console.error }: PoolOptions = {}) {
    this.#entry = entry;
    this.#workerData = { root };
    this.#log = log;
    this.#seats = Array.from({ length: size }, () => ({ worker: null, job: null }));
    for (const seat of this.#seats) seat.worker = this.#hire(seat);
  }

  get size(): number {
    return this.#seats.length;
  }

  /**
   * Runs an algorithm's stages; between tasks `signal` stops it and `onTask` hears of each task done.
   * @throws Fault of a task, engine/worker-lost; the signal's reason; an Error when the pool is closed
   */
  async drive<Result>(
    staged: Staged<Result>,
    { signal, onTask }: { signal?: AbortSignal; onTask?: () => void } = {},
  ): Promise<Result> {
    // Every task that waits listens for the end.
    if (signal !== undefined) setMaxListeners(0, signal);
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

  /** Waits for no one: call it when nothing is under way. What is, or waits, is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closed());
    for (const { job } of this.#seats) job?.reject(closed());
    await Promise.all(this.#seats.map(({ worker }) => worker?.terminate()));
  }

  #run(task: Task, signal?: AbortSignal): Promise<unknown> {
    const job = new PoolJob({ kind: "run", id: this.#nextId++, task: task.name, input: task.input }, signal);
    if (this.#closed) job.reject(closed());
    if (!job.settled) this.#waiting.push(job);
    this.#dispatch();
    return job.output;
  }

  #dispatch(): void {
    if (this.#closed) return;
    for (const seat of this.#seats) {
      while (seat.job === null) {
        const job = this.#waiting.shift();
        if (job === undefined) return;
        // What was withdrawn while it waited is passed over; what was withdrawn under way ends on its own.
        if (!job.settled) this.#give(seat, job);
      }
    }
  }

  #give(seat: Seat, job: PoolJob): void {
    seat.worker ??= this.#hire(seat);
    try {
      const message = share(job.message);
      seat.worker.postMessage(message);
      seat.job = job;
      noteSharedMemory(sharedBytes(message));
    } catch (error) {
      job.reject(error);
    }
  }

  #hire(seat: Seat): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#workerData });
    let reason = "without a word";
    worker.on("message", (message: FromWorker) => this.#hear(seat, message));
    worker.on("messageerror", (error) => {
      this.#hear(seat, { kind: "bug", id: -1, text: `an answer could not be read: ${error.message}` });
    });
    worker.on("error", (error: unknown) => {
      reason = `of ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    });
    // Comes after an error, too.
    worker.on("exit", (code) => this.#lose(seat, `A worker thread ended with code ${code}, ${reason}`));
    return worker;
  }

  #hear(seat: Seat, message: FromWorker): void {
    const { job } = seat;
    seat.job = null;
    if (message.kind === "bug") this.#log(`A task failed: ${message.text}`);
    if (message.kind === "done") {
      noteSharedMemory(sharedBytes(message.output));
      job?.resolve(message.output);
    } else if (message.kind === "fault") job?.reject(new Fault(message.code, message.values));
    else job?.reject(new Error(message.text));
    this.#dispatch();
  }

  /** A thread that died leaves its seat, and its job is done once more by another, ahead of those that wait. */
  #lose(seat: Seat, text: string): void {
    const { job } = seat;
    seat.worker = null;
    seat.job = null;
    if (this.#closed) return;
    this.#log(text);
    if (job !== null && !job.settled) {
      job.deaths += 1;
      if (job.deaths < MOST_DEATHS) this.#waiting.unshift(job);
      else job.reject(new Fault("engine/worker-lost"));
    }
    this.#dispatch();
  }
}

function closed(): Error {
  return new Error("the pool of workers is closed");
}
