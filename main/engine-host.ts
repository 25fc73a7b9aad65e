import { join } from "node:path";
import { type UtilityProcess, utilityProcess } from "electron";
import { Fault } from "#app/contract/fault.ts";
import type {
  EngineCall,
  EngineInput,
  EngineOutput,
  EngineStart,
  FromEngine,
  ToEngine,
} from "#main/engine-messages.ts";
import { SentFault } from "#main/fault-message.ts";

/** Waits before a new engine is started, by how many were lost in a row. */
const RESTART_MS = [500, 2000, 8000] as const;
/** An engine that lived so long was well. */
const WELL_MS = 60_000;

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly onProgress: ((told: unknown) => void) | undefined;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (told: unknown) => void;
}

interface Listeners {
  readonly onReady: (hello: { workers: number; kernels: "native" | "portable" }) => void;
  readonly onLost: () => void;
}

/** Keeps one engine alive. A crash ends only what was pending; a new engine is up within a second. */
export class EngineHost {
  readonly #start: EngineStart;
  readonly #listeners: Listeners;
  readonly #pending = new Map<number, Pending>();
  #child: UtilityProcess | null = null;
  #lastId = 0;
  #lostInARow = 0;
  #ended = false;

  constructor(start: EngineStart, listeners: Listeners) {
    this.#start = start;
    this.#listeners = listeners;
  }

  start(): void {
    if (this.#ended || this.#child) return;
    const child = utilityProcess.fork(join(__dirname, "engine.cjs"), [JSON.stringify(this.#start)], {
      serviceName: "Concord engine",
    });
    const born = Date.now();
    this.#child = child;
    child.on("message", (message: FromEngine) => this.#hear(message));
    child.on("exit", () => this.#lost(Date.now() - born));
  }

  call<C extends EngineCall>(
    name: C,
    input: EngineInput<C>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<EngineOutput<C>> {
    this.start();
    const id = ++this.#lastId;
    const settled = new Promise<EngineOutput<C>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (output: unknown) => void, reject, onProgress });
      this.#send({ kind: "call", id, name, input });
    });
    signal?.addEventListener("abort", () => this.#send({ kind: "cancel", id }), { once: true });
    return settled;
  }

  end(): void {
    this.#ended = true;
    this.#child?.kill();
  }

  #send(message: ToEngine): void {
    this.#child?.postMessage(message);
  }

  #hear(message: FromEngine): void {
    if (message.kind === "hello") {
      this.#listeners.onReady({ workers: message.workers, kernels: message.kernels });
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.kind === "progress") {
      pending?.onProgress?.(message.told);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === "done") pending?.resolve(message.output);
    else pending?.reject(new SentFault(message.fault));
  }

  #lost(livedMs: number): void {
    this.#child = null;
    if (this.#ended) return;
    this.#lostInARow = livedMs > WELL_MS ? 1 : this.#lostInARow + 1;
    this.#listeners.onLost();
    const wait = RESTART_MS[Math.min(this.#lostInARow, RESTART_MS.length) - 1];
    setTimeout(() => this.start(), wait);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new Fault("engine/lost"));
  }
}
