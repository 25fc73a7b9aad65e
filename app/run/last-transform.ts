import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ReadTransform, readTransforms, type WantedTransforms } from "#app/results/kept-transforms.ts";
import { MANIFEST } from "#app/results/results-folder.ts";

/** Remembers the transforms read last, so that one column after the other is looked at and their folder is checked once. */
export class LastTransform {
  #key = "";
  #read: readonly ReadTransform[] | null = null;

  /** That of a fold, of the first where none is named. @throws Fault as `readTransforms` */
  async of(
    folder: string,
    { subject, fold }: { readonly subject: string; readonly fold: string | null },
  ): Promise<ReadTransform> {
    const [found] = await this.#of(folder, { subject, fold: fold === null ? "first" : { named: fold } });
    return found as ReadTransform;
  }

  /** Those of all folds. @throws Fault as `readTransforms` */
  all(folder: string, subject: string): Promise<readonly ReadTransform[]> {
    return this.#of(folder, { subject, fold: "all" });
  }

  async #of(folder: string, wanted: WantedTransforms): Promise<readonly ReadTransform[]> {
    // The manifest is a folder's last file: another one is another run.
    const written = await stat(join(folder, MANIFEST)).catch(() => null);
    const key = JSON.stringify([folder, wanted, written?.mtimeMs, written?.ino]);
    if (this.#read === null || this.#key !== key) {
      this.#read = null;
      const read = await readTransforms(folder, wanted);
      this.#key = key;
      this.#read = read;
      return read;
    }
    return this.#read;
  }
}
