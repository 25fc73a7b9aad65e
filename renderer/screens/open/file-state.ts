import type { AbsentImage, Dataset, Examination, Problem, RunFile } from "#app/contract/dataset.ts";

/** One cell of the table: a glyph and a word, and the facts and sentences behind it. */
export interface FileState {
  readonly glyph: string;
  readonly word: string;
  readonly kind: "good" | "note" | "warning" | "error" | "missing" | "absent";
  readonly file: RunFile | null;
  readonly absent: AbsentImage | null;
  readonly found: Examination["files"][number] | null;
  readonly problems: readonly Problem[];
}

/** The cells of a dataset by subject and run, looked up without going through all of them. */
export class FileStates {
  readonly #files: ReadonlyMap<string, RunFile>;
  readonly #broken: ReadonlySet<string>;
  readonly #absent: ReadonlyMap<string, AbsentImage>;
  readonly #found: ReadonlyMap<string, Examination["files"][number]>;
  readonly #problems = new Map<string, Problem[]>();

  constructor({ files, broken, absent, problems }: Dataset, examination: Examination | null) {
    const keyed = <T extends { readonly subject: string; readonly run: string }>(all: readonly T[]) =>
      new Map(all.map((one) => [keyOf(one.subject, one.run), one] as const));
    this.#files = keyed(files);
    this.#broken = new Set(broken.map(({ subject, run }) => keyOf(subject, run)));
    this.#absent = keyed(absent);
    this.#found = keyed(examination?.files ?? []);
    for (const problem of [...problems, ...(examination?.problems ?? [])]) {
      if (problem.subject === undefined || problem.run === undefined) continue;
      const key = keyOf(problem.subject, problem.run);
      this.#problems.set(key, [...(this.#problems.get(key) ?? []), problem]);
    }
  }

  of(subject: string, run: string): FileState {
    const key = keyOf(subject, run);
    const file = this.#files.get(key) ?? null;
    const absent = this.#absent.get(key) ?? null;
    const found = this.#found.get(key) ?? null;
    const problems = this.#problems.get(key) ?? [];
    const is = (glyph: string, word: string, kind: FileState["kind"]): FileState => ({
      glyph,
      word,
      kind,
      file,
      absent,
      found,
      problems,
    });
    if (this.#broken.has(key)) return is("▲", "broken", "error");
    if (absent !== null) return is("○", "not downloaded", "absent");
    if (file === null) return is("○", "missing", "missing");
    if (found !== null && found.goodRows < file.volumes) return is("▲", "broken tail", "warning");
    if (found !== null && found.nonFinite > 0) return is("▲", "NaN voxels", "warning");
    const worst = (["error", "warning"] as const).find((kind) =>
      problems.some(({ severity }) => severity === kind),
    );
    if (worst === undefined) return is("●", "ready", "good");
    return is("▲", worst === "error" ? "problem" : "odd", worst);
  }
}

function keyOf(subject: string, run: string): string {
  return `${subject}\n${run}`;
}
