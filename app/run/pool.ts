import { setMaxListeners } from "node:events";
import { Worker } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { freshBytes, noteSharedMemory, share } from "#app/linalg/shared-memory.ts";
import type { Staged, Task, TaskRunner } from "#app/linalg/task.ts";
import { PoolJob } from "./pool-job.ts";
import type { FromWorker, WorkerData } from "./worker-messages.ts";

/** So many threads may die of one job: the first may have died of something else. */
const MOST_DEATHS = 2;

/** A place for a worker thread. A thread that died is replaced when there is work again. */
interface Seat {
  worker: Worker | null;
  /** Under way: at most one, or two that wait for files much of their time. */
  readonly jobs: PoolJob[];
  /** The shared memory that the thread was given. */
  known: WeakSet<ArrayBufferLike>;
}

interface PoolOptions {
  /** Hears what no user should meet: bugs of tasks, and threads that died. */
  readonly log?: (text: string) => void;
}

/**
 * Long-lived worker threads. Results are handed back in the order asked for, whoever
 * computed them, so any number of workers gives the same bits. A worker is never ended inside a task.
 */
export class Pool implements TaskRunner {
  readonly #entry: string;
  readonly #workerData: WorkerData;
  readonly #log: (text: string) => void;
  readonly #seats: readonly Seat[];
  readonly #waiting: PoolJob[] = [];
  /** The shared memory that was given or came back. */
  readonly #known = new WeakSet<ArrayBufferLike>();
  #nextId = 0;
  #closed = false;

  /** `entry` is the bundled worker file, `root` the folder below which the addon lies. */
  constructor(entry: string, root: string, size: number, { log = console.error }: PoolOptions = {}) {
    this.#entry = entry;
    this.#workerData = { root };
    this.#log = log;
    this.#seats = Array.from({ length: size }, () => ({ worker: null, jobs: [], known: new WeakSet() }));
    for (const seat of this.#seats) seat.worker = this.#hire(seat);
  }

  get size(): number {
    return this.#seats.length;
  }

  /**
   * See TaskRunner. The first task that fails stops the others of its stage.
   * @throws Fault of a task, engine/worker-lost; the signal's reason; an Error when the pool is closed
   */
  async drive<Result>(
    staged: Staged<Result>,
    { signal, onTask }: Parameters<TaskRunner["drive"]>[1] = {},
  ): Promise<Result> {
    const failed = new AbortController();
    const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
    // Every task that waits listens for the end.
    setMaxListeners(0, either);
    let turn = staged.next();
    while (!turn.done) {
      const outputs = turn.value.map(async (task) => {
        const output = await this.#run(task, either);
        onTask?.();
        return output;
      });
      try {
        turn = staged.next(await Promise.all(outputs));
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }
    return turn.value;
  }

  /** Waits for no one: call it when nothing is under way. What is, or waits, is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closed());
    for (const { jobs } of this.#seats) for (const job of jobs) job.reject(closed());
    await Promise.all(this.#seats.map(({ worker }) => worker?.terminate()));
  }

  #run({ name, input, waits = false }: Task, signal: AbortSignal): Promise<unknown> {
    const message = { kind: "run", id: this.#nextId++, task: name, input, freshBytes: 0 } as const;
    const job = new PoolJob(message, { signal, waits, onWithdrawn: (one) => this.#stop(one) });
    if (this.#closed) job.reject(closed());
    if (!job.settled) this.#waiting.push(job);
    this.#dispatch();
    return job.output;
  }

  #dispatch(): void {
    if (this.#closed) return;
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      // What was withdrawn while it waited is passed over.
      const seat = job.settled ? null : this.#seatFor(job);
      if (seat === undefined) return;
      this.#waiting.shift();
      if (seat !== null) this.#give(seat, job);
    }
  }

  #seatFor({ waits }: PoolJob): Seat | undefined {
    const free = this.#seats.find(({ jobs }) => jobs.length === 0);
    if (free !== undefined || !waits) return free;
    return this.#seats.find(({ jobs }) => jobs.length === 1 && jobs[0]?.waits);
  }

  /** Tells a thread that nobody waits for what it does; the seat is free when it answers. */
  #stop(job: PoolJob): void {
    const seat = this.#seats.find(({ jobs }) => jobs.includes(job));
    seat?.worker?.postMessage({ kind: "stop", id: job.message.id });
  }

  #give(seat: Seat, job: PoolJob): void {
    seat.worker ??= this.#hire(seat);
    try {
      const message = share(job.message);
      const freshForThread = freshBytes(message.input, seat.known);
      seat.worker.postMessage({ ...message, freshBytes: freshForThread });
      seat.jobs.push(job);
      noteSharedMemory(freshBytes(message.input, this.#known));
    } catch (error) {
      job.reject(error);
    }
  }

  #hire(seat: Seat): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#workerData });
    seat.known = new WeakSet();
    let reason = "without a word";
    worker.on("message", (message: FromWorker) => this.#hear(seat, message));
    worker.on("messageerror", (error) => {
      const text = `an answer could not be read: ${error.message}`;
      for (const { message } of [...seat.jobs]) this.#hear(seat, { kind: "bug", id: message.id, text });
    });
    worker.on("error", (error: unknown) => {
      reason = `of ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    });
    // Comes after an error, too.
    worker.on("exit", (code) => this.#lose(seat, `A worker thread ended with code ${code}, ${reason}`));
    return worker;
  }

  #hear(seat: Seat, message: FromWorker): void {
    const at = seat.jobs.findIndex((one) => one.message.id === message.id);
    if (at === -1) return;
    const [job] = seat.jobs.splice(at, 1);
    if (message.kind === "bug") this.#log(`A task failed: ${message.text}`);
    if (message.kind === "done") {
      noteSharedMemory(freshBytes(message.output, this.#known));
      job?.resolve(message.output);
    } else if (message.kind === "fault") job?.reject(new Fault(message.code, message.values));
    else if (message.kind === "bug") job?.reject(new Error(message.text));
    this.#dispatch();
  }

  /** A thread that died leaves its seat, and its jobs are done once more by others, ahead of those that wait. */
  #lose(seat: Seat, text: string): void {
    const lost = seat.jobs.splice(0).filter((job) => !job.settled);
    seat.worker = null;
    if (this.#closed) return;
    this.#log(text);
    for (const job of lost) {
      job.deaths += 1;
      if (job.deaths >= MOST_DEATHS) job.reject(new Fault("engine/worker-lost"));
    }
    this.#waiting.unshift(...lost.filter((job) => !job.settled));
    this.#dispatch();
  }
}

function closed(): Error {
  return new Error("the pool of workers is closed");
}
