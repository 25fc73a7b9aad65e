import { dirname, sep } from "node:path";
import { appliesTo, runOf } from "./bids-entities.ts";
import { type BidsFile, isThere } from "./bids-files.ts";
import { isVolume } from "./bids-images.ts";

/** What a study's tree holds for its images: found by maps, for a study has thousands of files. */
export class BidsIndex {
  /** By suffix, extension and subject. */
  readonly #byKind = new Map<string, BidsFile[]>();
  readonly #brainMasks = new Map<string, BidsFile>();

  /** Of the files that are there; of those to be downloaded too where they are asked for. */
  constructor(files: readonly BidsFile[], { absent = false } = {}) {
    for (const file of files) {
      if (!isThere(file) && !(absent && file.absent && !file.stray)) continue;
      const { suffix, extension, entities } = file.name;
      const kind = kindOf(suffix, extension, entities.get("sub"));
      const known = this.#byKind.get(kind);
      if (known) known.push(file);
      else this.#byKind.set(kind, [file]);
      if (suffix !== "mask" || entities.get("desc") !== "brain" || !isVolume(file)) continue;
      const place = placeOf(file);
      if (!this.#brainMasks.has(place)) this.#brainMasks.set(place, file);
    }
  }

  /**
   * The files of `suffix` and `extension` that BIDS inheritance gives to `image`, the most special first; the entities
   * of `except` need not be the image's.
   */
  inherited(image: BidsFile, suffix: string, extension: string, except: readonly string[] = []): BidsFile[] {
    const own = this.#byKind.get(kindOf(suffix, extension, image.name.entities.get("sub"))) ?? [];
    const general = this.#byKind.get(kindOf(suffix, extension, undefined)) ?? [];
    const applies = (file: BidsFile): boolean => appliesTo(file.name, image.name, except);
    const above = (file: BidsFile): boolean => image.path.startsWith(dirname(file.path) + sep);
    return [...own.filter(applies), ...general.filter((file) => above(file) && applies(file))].sort(
      (a, b) => b.name.entities.size - a.name.entities.size,
    );
  }

  /** The brain mask of the same subject, run, space and resolution as a functional image. */
  brainMaskOf(image: BidsFile): string | null {
    return this.#brainMasks.get(placeOf(image))?.path ?? null;
  }

  /** What is read beside an image: its brain mask, events and confounds. */
  readWith(image: BidsFile): BidsFile[] {
    const mask = this.#brainMasks.get(placeOf(image));
    const events = this.inherited(image, "events", ".tsv")[0];
    return [mask, events, this.#confoundsOf(image)].filter((file) => file !== undefined);
  }

  /** The table of an image's confounds: named timeseries since fMRIPrep 20.2, regressors before. */
  confoundsOf(image: BidsFile): string | null {
    return this.#confoundsOf(image)?.path ?? null;
  }

  #confoundsOf(image: BidsFile): BidsFile | undefined {
    for (const suffix of ["timeseries", "regressors"]) {
      const found = this.inherited(image, suffix, ".tsv", ["desc"]);
      const own = found.find(({ name }) => name.entities.get("desc") === "confounds");
      if (own) return own;
    }
    return undefined;
  }
}

function kindOf(suffix: string, extension: string, subject: string | undefined): string {
  return `${suffix} ${extension} ${subject ?? ""}`;
}

function placeOf({ name }: BidsFile): string {
  const { entities } = name;
  return [runOf(name), ...["sub", "space", "res"].map((key) => entities.get(key) ?? "")].join("\n");
}
