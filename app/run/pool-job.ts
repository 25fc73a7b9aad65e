import type { RunTask } from "./worker-messages.ts";

/** One task's way through the pool: it settles once, by its worker, by its signal or by the pool. */
export class PoolJob {
  readonly message: RunTask;
  /** Whether another task may be worked on beside it. */
  readonly waits: boolean;
  readonly output: Promise<unknown>;
  /** Threads that died while they worked on it. */
  deaths = 0;
  #settled = false;
  #end: (settle: () => void) => void = () => {};
  #resolve: (output: unknown) => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  /** `onWithdrawn` hears when the signal settles it. */
  constructor(
    message: RunTask,
    {
      signal,
      waits,
      onWithdrawn,
    }: { signal: AbortSignal | undefined; waits: boolean; onWithdrawn: (job: PoolJob) => void },
  ) {
    this.message = message;
    this.waits = waits;
    this.output = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const withdraw = () => {
      this.reject(signal?.reason);
      onWithdrawn(this);
    };
    this.#end = (settle) => {
      if (this.#settled) return;
      this.#settled = true;
      signal?.removeEventListener("abort", withdraw);
      settle();
    };
    if (signal?.aborted) withdraw();
    else signal?.addEventListener("abort", withdraw, { once: true });
  }

  get settled(): boolean {
    return this.#settled;
  }

  resolve(output: unknown): void {
    this.#end(() => this.#resolve(output));
  }

  reject(reason: unknown): void {
    this.#end(() => this.#reject(reason));
  }
}
