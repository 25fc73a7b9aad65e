import type { Progress } from "#app/contract/progress.ts";

/** One line on a terminal's standard error that is written over; nothing where no one looks. */
export class ProgressLine {
  readonly #silent: boolean;
  #shown = false;

  constructor(silent = false) {
    this.#silent = silent || !process.stderr.isTTY;
  }

  progress({ step, done, total, remainingMs, note }: Progress, before = ""): void {
    const share = total === null || total === 0 ? "" : ` ${Math.floor((100 * done) / total)} %`;
    const left = remainingMs === null ? "" : `, about ${Math.ceil(remainingMs[1] / 1000)} s left`;
    this.show(`${before}${step}${share}${left}${note === null ? "" : `; ${note}`}`);
  }

  show(text: string): void {
    if (this.#silent) return;
    this.#shown = true;
    process.stderr.write(`\r\u001b[2K${text}`);
  }

  end(): void {
    if (this.#shown) process.stderr.write("\r\u001b[2K");
    this.#shown = false;
  }
}
