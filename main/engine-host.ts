import { Fault, type FaultCode } from "#app/contract/fault.ts";
import type {
  EngineCall,
  EngineInput,
  EngineOutput,
  EngineProcess,
  FromEngine,
  ToEngine,
} from "#main/engine-messages.ts";
import { SentFault } from "#main/fault-message.ts";

/** Waits before a new engine is started, by how many were lost in a row. */
const RESTART_MS = [500, 2000, 8000] as const;
/** An engine that lived so long was well. */
const WELL_MS = 60_000;
/** No more restarts than this in such a time: what kills each engine kills the next. */
const MOST_RESTARTS = 3;
const RESTARTS_WITHIN_MS = 600_000;

interface Pending {
  readonly message: ToEngine;
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
  readonly onLost: (fault: Fault) => void;
}

/** Keeps one engine alive. A crash ends only what was pending; a new engine is up within a second. */
export class EngineHost {
  readonly #spawn: () => EngineProcess;
  readonly #contract: string;
  readonly #listeners: Listeners;
  readonly #pending = new Map<number, Pending>();
  #child: EngineProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #restarts: readonly number[] = [];
  #lastId = 0;
  #lostInARow = 0;
  #isOtherVersion = false;
  #ended = false;

  /** `spawn` starts an engine's process; `contract` is what it must say that it was built with. */
  constructor(spawn: () => EngineProcess, contract: string, listeners: Listeners) {
    this.#spawn = spawn;
    this.#contract = contract;
    this.#listeners = listeners;
  }

  start(): void {
    if (this.#ended || this.#child) return;
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    const child = this.#spawn();
    const born = Date.now();
    this.#child = child;
    child.on("message", (message) => this.#hear(message));
    child.on("exit", () => this.#lost(Date.now() - born));
    // Asked for while there was none.
    for (const { message } of this.#pending.values()) child.postMessage(message);
  }

  /** @throws Fault of the engine; engine/lost when it dies meanwhile, engine/given-up when it is not started again */
  call<C extends EngineCall>(
    name: C,
    input: EngineInput<C>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<EngineOutput<C>> {
    const id = ++this.#lastId;
    return new Promise<EngineOutput<C>>((resolve, reject) => {
      const hopeless = this.#hopeless();
      if (hopeless !== null) {
        reject(new Fault(hopeless));
        return;
      }
      const message: ToEngine = { kind: "call", id, name, input };
      this.#pending.set(id, {
        message,
        resolve: resolve as (output: unknown) => void,
        reject,
        onProgress,
      });
      this.#child?.postMessage(message);
      if (!this.#child && !this.#restart) this.start();
      signal?.addEventListener("abort", () => this.#cancel(id), { once: true });
    });
  }

  end(): void {
    this.#ended = true;
    if (this.#restart) clearTimeout(this.#restart);
    this.#child?.kill();
  }

  #cancel(id: number): void {
    if (this.#child) this.#child.postMessage({ kind: "cancel", id });
    else this.#fail(new Fault("run/cancelled"), id);
  }

  #hear(message: FromEngine): void {
    if (message.kind === "hello") {
      if (message.contract === this.#contract)
        this.#listeners.onReady({ workers: message.workers, kernels: message.kernels });
      else {
        this.#isOtherVersion = true;
        this.#child?.kill();
      }
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
    const hopeless = this.#hopeless();
    if (hopeless === null) {
      const wait = RESTART_MS[Math.min(this.#lostInARow, RESTART_MS.length) - 1];
      this.#restarts = [...this.#recentRestarts(), Date.now()];
      this.#restart = setTimeout(() => this.start(), wait);
    }
    const fault = new Fault(hopeless ?? "engine/lost");
    this.#listeners.onLost(fault);
    for (const id of [...this.#pending.keys()]) this.#fail(fault, id);
  }

  /** Why there is no engine and will be none, or null. */
  #hopeless(): FaultCode | null {
    if (this.#isOtherVersion) return "engine/other-version";
    const stays = this.#child === null && this.#restart === null;
    return stays && this.#recentRestarts().length >= MOST_RESTARTS ? "engine/given-up" : null;
  }

  #recentRestarts(): readonly number[] {
    return this.#restarts.filter((time) => Date.now() - time < RESTARTS_WITHIN_MS);
  }

  #fail(fault: Fault, id: number): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.reject(fault);
  }
}
