import type { Dataset, Examination, RunFile } from "#app/contract/dataset.ts";

/** Remembers of the images that were read how many of their rows are good, so that a preview need not read them. */
export class ExaminedRows {
  readonly #rows = new Map<string, number>();

  keep({ files }: Dataset, examination: Examination): void {
    for (const { subject, run, goodRows } of examination.files) {
      const file = files.find((one) => one.subject === subject && one.run === run);
      if (file !== undefined) this.#rows.set(keyOf(file), goodRows);
    }
  }

  /** All rows of an image that was not read yet, or is another file by now. */
  of(file: RunFile): number {
    return this.#rows.get(keyOf(file)) ?? file.volumes;
  }
}

function keyOf({ path, sizeBytes, volumes }: RunFile): string {
  return `${path} ${sizeBytes} ${volumes}`;
}
