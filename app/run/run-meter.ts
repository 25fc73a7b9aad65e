import type { Progress } from "#app/contract/progress.ts";

/** Messages closer together than this are left out: ten a second are enough for an eye. */
const LEAST_MS = 100;

/** Says how far a run is, and guesses what is left once a tenth of its tasks is done. */
export class RunMeter {
  readonly #started = performance.now();
  readonly #listener: ((progress: Progress) => void) | undefined;
  #step: Progress["step"] = "read";
  #stepStarted = performance.now();
  #done = 0;
  #total: number | null = null;
  #lastSent = Number.NEGATIVE_INFINITY;
  #note: string | null = null;

  constructor(listener: ((progress: Progress) => void) | undefined) {
    this.#listener = listener;
  }

  begin(step: Progress["step"], total: number | null): void {
    this.#step = step;
    this.#stepStarted = performance.now();
    this.#done = 0;
    this.#total = total;
    this.#note = null;
    this.#send();
  }

  /** What is known so far. */
  note(note: string | null): void {
    this.#note = note;
    this.#send();
  }

  set(done: number, total: number): void {
    this.#done = done;
    this.#total = total;
    this.#sendSometimes();
  }

  advance(by = 1): void {
    this.#done += by;
    this.#sendSometimes();
  }

  #sendSometimes(): void {
    if (performance.now() - this.#lastSent >= LEAST_MS || this.#done === this.#total) this.#send();
  }

  #send(): void {
    this.#lastSent = performance.now();
    this.#listener?.({
      step: this.#step,
      // Tasks are counted beforehand, where that can't be done to the last one.
      done: Math.min(this.#done, this.#total ?? Number.POSITIVE_INFINITY),
      total: this.#total,
      elapsedMs: performance.now() - this.#started,
      remainingMs: this.#remaining(),
      note: this.#note,
      memoryBytes: process.memoryUsage().rss,
    });
  }

  /** Reading comes first and says nothing of the rest, so only the tasks are counted on. */
  #remaining(): readonly [number, number] | null {
    if (this.#step === "read" || this.#total === null || this.#total === 0) return null;
    const share = Math.min(1, this.#done / this.#total);
    if (share < 0.1) return null;
    const left = ((performance.now() - this.#stepStarted) * (1 - share)) / share;
    return [left * 0.8, left * 1.4];
  }
}
