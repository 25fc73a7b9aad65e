import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import type { FromHdf5Thread, Hdf5Request, Hdf5Requests, Hdf5WorkerData } from "./messages.ts";

/** Much longer than any honest request takes, even from a slow disk: a block of rows is some 32 MiB. */
const LIMIT_MS = 60_000;
/**
 * What an honest request computes at most: so long, and so long for each megabyte of the file. Endless loops in the
 * library end here, while a file that is waited for may take its time.
 */
const COMPUTED_MS = 1500;
const COMPUTED_MS_PER_MB = 200;
const LOOK_EVERY_MS = 100;
/** Of the thread's own JavaScript; the library's memory is bounded in `library.ts`. */
const HEAP_MB = 1024;

interface Job {
  readonly id: number;
  readonly name: Hdf5Request;
  readonly input: Hdf5Requests[Hdf5Request]["input"];
  readonly settle: (answer: FromHdf5Thread | Fault) => void;
  /** Nobody waits for it any more. */
  dropped: boolean;
}

interface Hdf5ThreadOptions {
  /** The bundled thread, and the folder that holds the filters. */
  readonly entry?: string;
  readonly filters?: string;
  readonly limitMs?: number;
}

/**
 * The HDF5 library in a thread of its own, started when it is first asked: what it makes of a hostile file (a crash, an
 * endless loop) is a fault of that file, and the next request gets a new thread.
 */
export class Hdf5Thread {
  readonly #options: Hdf5ThreadOptions;
  readonly #waiting: Job[] = [];
  #worker: Worker | null = null;
  #job: Job | null = null;
  #timer: NodeJS.Timeout | undefined;
  #nextId = 0;

  constructor(options: Hdf5ThreadOptions = {}) {
    this.#options = options;
  }

  /** @throws Fault image/…; the signal's reason when aborted; an Error of a bug */
  ask<Name extends Hdf5Request>(
    name: Name,
    input: Hdf5Requests[Name]["input"],
    signal?: AbortSignal,
  ): Promise<Hdf5Requests[Name]["output"]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const drop = () => {
        job.dropped = true;
        reject(signal?.reason);
      };
      const settle = (answer: FromHdf5Thread | Fault) => {
        signal?.removeEventListener("abort", drop);
        if (answer instanceof Fault) reject(answer);
        else if (answer.kind === "fault") reject(new Fault(answer.code, answer.values));
        else if (answer.kind === "bug") reject(new Error(answer.text));
        else resolve(answer.output as Hdf5Requests[Name]["output"]);
      };
      const job: Job = { id: this.#nextId++, name, input, settle, dropped: false };
      signal?.addEventListener("abort", drop, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends the thread; what is under way fails. The next request starts a new one. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#lose("the thread that read it was ended");
    await worker?.terminate();
  }

  #next(): void {
    if (this.#job !== null) return;
    let job = this.#waiting.shift();
    while (job?.dropped) job = this.#waiting.shift();
    if (job === undefined) {
      // A thread that waits must not keep its process alive.
      this.#worker?.unref();
      return;
    }
    this.#job = job;
    this.#worker ??= this.#start();
    this.#worker.ref();
    const { id, name, input } = job;
    this.#worker.postMessage({ id, name, input });
    this.#timer = this.#watch(input.path);
  }

  /** Gives a request up that takes or computes too long. */
  #watch(path: string): NodeJS.Timeout {
    const limitMs = this.#options.limitMs ?? LIMIT_MS;
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const computedMs = COMPUTED_MS + (sizeBytes / 1e6) * COMPUTED_MS_PER_MB;
    const started = performance.now();
    // Of the whole process: it has no clock of one thread. Others may compute meanwhile, so that time must have passed too.
    const before = process.cpuUsage();
    return setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      const passedMs = performance.now() - started;
      const took = passedMs > limitMs;
      if (!took && Math.min(passedMs, (user + system) / 1000) < computedMs) return;
      const seconds = (took ? limitMs : computedMs) / 1000;
      this.#lose(`reading it took longer than ${seconds.toFixed(1)} s`);
    }, LOOK_EVERY_MS);
  }

  #start(): Worker {
    const root = rootFolder();
    const workerData: Hdf5WorkerData = { filters: this.#options.filters ?? filterFolder(root) };
    const worker = new Worker(this.#options.entry ?? join(root, BUNDLED), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // The library's own chatter, which nobody reads: a stream that is read would keep the process alive.
      stdout: true,
      stderr: true,
    });
    worker.on("message", (message: FromHdf5Thread) => this.#hear(worker, message));
    worker.on("error", () => {});
    // Comes after an error, too.
    worker.on("exit", () => {
      if (this.#worker === worker) this.#lose("the thread that read it stopped");
    });
    return worker;
  }

  #hear(worker: Worker, message: FromHdf5Thread): void {
    const job = this.#job;
    if (this.#worker !== worker || job === null || message.id !== job.id) return;
    if (message.kind === "fault" && message.spent) this.#drop();
    this.#finish(message);
  }

  /** The thread is given up, and its request with it. */
  #lose(detail: string): void {
    this.#drop();
    const { path } = this.#job?.input ?? { path: "" };
    this.#finish(new Fault("image/unreadable", { path, detail }));
  }

  #drop(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #finish(answer: FromHdf5Thread | Fault): void {
    clearInterval(this.#timer);
    const job = this.#job;
    this.#job = null;
    job?.settle(answer);
    this.#next();
  }
}

/** The process's one. */
export const hdf5Thread = new Hdf5Thread();

const BUNDLED = join("out", "node", "hdf5.cjs");

/** The folder above this file, or the bundle it is in, that holds the bundled thread. */
function rootFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, BUNDLED)) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** Among the resources of a packaged app: the library opens them as files. Else where the package has them. */
function filterFolder(root: string): string {
  const resources: unknown = Reflect.get(process, "resourcesPath");
  if (typeof resources === "string") {
    const packaged = join(resources, "hdf5-filters");
    if (existsSync(packaged)) return packaged;
  }
  return join(root, "node_modules", "h5wasm-plugins", "plugins");
}
