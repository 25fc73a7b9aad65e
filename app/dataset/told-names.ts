import { kindOf } from "./arrays/array-images.ts";
import { type NamePlace, onlyRun, tellNames } from "./file-names.ts";
import type { FoundImage } from "./format.ts";

/** What names say of an image. */
type Named = Pick<FoundImage, "subject" | "run">;

interface NamedFile extends NamePlace {
  /** The file's name without its ending. */
  readonly stem: string;
  /** Whether it is the only one. */
  readonly alone: boolean;
}

/** Whose the arrays in one file are: by the axis of subjects, else by the names of the file and of its variables. */
export class ToldNames {
  readonly #file: NamedFile;
  /** Of each array its variable's name where the file has several, hemispheres under the name of neither. */
  readonly #labels: readonly string[];
  /** Variables by what varies in their names; null where that does not tell. */
  readonly #places: readonly NamePlace[] | null;
  readonly #hasKinds: boolean;

  /** Of a subject of "" the file's name says nothing. */
  constructor(file: NamedFile, names: readonly string[]) {
    this.#file = file;
    this.#labels = names.length > 1 ? names.map((name) => name.replace(/_[lr]h(?=\{|$)/i, "")) : [];
    const { places, told } = tellNames(this.#labels);
    this.#places = told ? places : null;
    this.#hasKinds = new Set(this.#labels.map(kindOf)).size > 1;
  }

  /** Of the array at this place; `image` is what the array itself says. */
  place(at: number, image: Named, perSubject: boolean): NamePlace {
    const { subject, run, stem, alone } = this.#file;
    const label = this.#labels[at] ?? "";
    if (perSubject) {
      const own = this.#hasKinds && alone ? label : joined(alone ? run : stem, label);
      return { subject: image.subject ?? "", run: (alone ? image.run : null) ?? own };
    }
    if (label === "") return { subject: image.subject ?? (subject || "sub-01"), run: image.run ?? run };
    // Several arrays in each of several files: the file is the subject.
    if (!alone) return { subject, run: joined(run, label) };
    const place = this.#places?.[at];
    const known = place === undefined || place.run === onlyRun ? run : place.run;
    if (image.subject === null) return { subject: place?.subject ?? label, run: image.run ?? known };
    return { subject: image.subject, run: image.run ?? (this.#hasKinds ? kindOf(label) : run) };
  }

  /** A place that no other image has. */
  otherwise(at: number, image: Named, perSubject: boolean): NamePlace {
    const name = joined(this.#file.stem, this.#labels[at] ?? "");
    return perSubject ? { subject: image.subject ?? "", run: name } : { subject: name, run: onlyRun };
  }
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== "" && word !== onlyRun).join("_") || onlyRun;
}
