import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Dataset } from "#app/contract/dataset.ts";
import { DatasetChoices } from "#app/contract/plan.ts";

/** Shown, and remembered with the choices made. */
const MOST_SHOWN = 8;
const MOST_KEPT = 200;

const Known = z.array(
  z.strictObject({ path: z.string(), name: z.string(), choices: DatasetChoices.nullable().default(null) }),
);
type KnownStudy = z.infer<typeof Known>[number];

/** The studies opened before, the last first, and what was chosen of each. A file that can't be read counts as none. */
export class KnownStudies {
  readonly #file: string;
  /** One change after the other. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  async recent(): Promise<{ path: string; name: string }[]> {
    return (await this.#read()).slice(0, MOST_SHOWN).map(({ path, name }) => ({ path, name }));
  }

  /** Puts a study first. */
  add(study: { readonly path: string; readonly name: string }): Promise<void> {
    return this.#change((known) => {
      const choices = known.find(({ path }) => path === study.path)?.choices ?? null;
      return [{ ...study, choices }, ...known.filter(({ path }) => path !== study.path)];
    });
  }

  choose(path: string, choices: DatasetChoices): Promise<void> {
    return this.#change((known) =>
      known.map((study) => (study.path === path ? { ...study, choices } : study)),
    );
  }

  /** What was chosen of a dataset, as far as it still has those subjects and runs; null where nothing was. */
  async choicesOf({ path, subjects, runs }: Dataset): Promise<DatasetChoices | null> {
    const choices = (await this.#read()).find((study) => study.path === path)?.choices ?? null;
    if (choices === null) return null;
    const { leaveOut, repairs } = choices;
    return {
      leaveOut: {
        subjects: leaveOut.subjects.filter((name) => subjects.includes(name)),
        runs: leaveOut.runs.filter((name) => runs.includes(name)),
      },
      repairs,
    };
  }

  async #read(): Promise<KnownStudy[]> {
    try {
      return Known.parse(JSON.parse(await readFile(this.#file, "utf8")));
    } catch {
      return [];
    }
  }

  #change(change: (known: KnownStudy[]) => KnownStudy[]): Promise<void> {
    const changed = this.#changing.then(async () => {
      const next = change(await this.#read()).slice(0, MOST_KEPT);
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(`${this.#file}.part`, JSON.stringify(next));
      await rename(`${this.#file}.part`, this.#file);
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}
