import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ReadTransform, readTransform } from "#app/results/kept-transforms.ts";
import { MANIFEST } from "#app/results/results-folder.ts";

/** Remembers the transform read last, so that one column after the other is looked at and its folder is checked once. */
export class LastTransform {
  #key = "";
  #read: ReadTransform | null = null;

  /** @throws Fault as `readTransform` */
  async of(folder: string, asked: Parameters<typeof readTransform>[1]): Promise<ReadTransform> {
    // The manifest is a folder's last file: another one is another run.
    const written = await stat(join(folder, MANIFEST)).catch(() => null);
    const key = JSON.stringify([folder, asked.subject, asked.fold, written?.mtimeMs, written?.ino]);
    if (this.#read === null || this.#key !== key) {
      this.#read = null;
      const read = await readTransform(folder, asked);
      this.#key = key;
      this.#read = read;
      return read;
    }
    return this.#read;
  }
}
