import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { absentSubjects } from "#app/contract/absent-subjects.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { DatasetChoices } from "#app/contract/plan.ts";
import { saveWhole } from "#main/save-whole.ts";

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

  /** Keeps what was chosen, but not that subjects which are not downloaded are left out: that no one chose. */
  choose(dataset: Dataset, { leaveOut, repairs }: DatasetChoices): Promise<void> {
    const absent = absentSubjects(dataset);
    const subjects = leaveOut.subjects.filter((name) => !absent.includes(name));
    const choices = { leaveOut: { ...leaveOut, subjects }, repairs };
    return this.#change((known) =>
      known.map((study) => (study.path === dataset.path ? { ...study, choices } : study)),
    );
  }

  /** What was chosen of a dataset, as far as it still has those subjects and runs; null where nothing was. */
  async choicesOf(dataset: Dataset): Promise<DatasetChoices | null> {
    const choices = (await this.#read()).find(({ path }) => path === dataset.path)?.choices ?? null;
    if (choices === null) return null;
    const { leaveOut, repairs } = choices;
    const absent = absentSubjects(dataset);
    const out = (name: string) => leaveOut.subjects.includes(name) || absent.includes(name);
    return {
      leaveOut: {
        subjects: dataset.subjects.filter(out),
        runs: dataset.runs.filter((name) => leaveOut.runs.includes(name)),
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
      await saveWhole(this.#file, JSON.stringify(next));
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}
