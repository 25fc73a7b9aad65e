import type { FetchProgress } from "#app/contract/annex.ts";

const OFTEN_MS = 100;
/** The rate is that of the last seconds. */
const WINDOW_MS = 5000;

/** Tells how far a download is: bytes, rate and what is left, at most ten times a second. */
export class FetchMeter {
  readonly #tell: ((progress: FetchProgress) => void) | undefined;
  readonly #now: () => number;
  readonly #totalFiles: number;
  readonly #totalBytes: number;
  readonly #marks: { readonly at: number; readonly arrived: number }[] = [];
  #told = Number.NEGATIVE_INFINITY;
  #doneFiles = 0;
  #doneBytes = 0;
  #path = "";
  #fileBytes = 0;
  /** What was on the disk at the first look at a file did not arrive now. */
  #fileStart: number | null = null;
  #arrived = 0;

  constructor(
    total: { readonly files: number; readonly bytes: number },
    tell?: (progress: FetchProgress) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#totalFiles = total.files;
    this.#totalBytes = total.bytes;
    this.#tell = tell;
    this.#now = now;
    this.#marks.push({ at: now(), arrived: 0 });
  }

  begin(path: string): void {
    this.#path = path;
    this.#fileBytes = 0;
    this.#fileStart = null;
    this.#report(true);
  }

  /** How many bytes of the current file are on the disk. */
  bytes(count: number): void {
    this.#fileStart ??= count;
    if (count > this.#fileBytes) this.#arrived += count - Math.max(this.#fileBytes, this.#fileStart);
    this.#fileBytes = count;
    this.#report(false);
  }

  /** The current file is over; `size` bytes of the whole are done with it, also where it can't be had. */
  end(size: number): void {
    this.#doneFiles += 1;
    this.#doneBytes += size;
    this.#fileBytes = 0;
    this.#report(true);
  }

  #report(always: boolean): void {
    const now = this.#now();
    if (!always && now - this.#told < OFTEN_MS) return;
    this.#told = now;
    this.#marks.push({ at: now, arrived: this.#arrived });
    while (this.#marks.length > 2 && now - (this.#marks[1]?.at ?? now) > WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0];
    const seconds = first === undefined ? 0 : (now - first.at) / 1000;
    const rate = first === undefined || seconds < 0.2 ? null : (this.#arrived - first.arrived) / seconds;
    const doneBytes = Math.min(this.#totalBytes, this.#doneBytes + this.#fileBytes);
    this.#tell?.({
      path: this.#path,
      doneFiles: this.#doneFiles,
      totalFiles: this.#totalFiles,
      doneBytes,
      totalBytes: this.#totalBytes,
      bytesPerSecond: rate,
      remainingSeconds: rate === null || rate <= 0 ? null : (this.#totalBytes - doneBytes) / rate,
    });
  }
}
