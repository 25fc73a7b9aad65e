import { basename, relative, sep } from "node:path";
import { compareNatural, runOf } from "./bids-entities.ts";
import type { BidsFile } from "./bids-files.ts";

export function isBold(file: BidsFile): boolean {
  return file.name.suffix === "bold" && isImage(file) && file.name.entities.has("sub");
}

export function subjectOf({ name }: BidsFile): string {
  return `sub-${name.entities.get("sub") ?? ""}`;
}

/** One image for each subject and run, all of one space: desc-preproc before others, then the commonest space. */
export function chooseImages(images: readonly BidsFile[]): BidsFile[] {
  const preprocessed = images.filter(({ name }) => name.entities.get("desc") === "preproc");
  const pool = preprocessed.length > 0 ? preprocessed : images;
  const spaceOf = ({ name }: BidsFile): string =>
    ["space", "res"].map((key) => name.entities.get(key) ?? "").join(" ");
  const counts = new Map<string, number>();
  for (const image of pool) counts.set(spaceOf(image), (counts.get(spaceOf(image)) ?? 0) + 1);
  const rank = (space: string): number => (counts.get(space) ?? 0) + (space.startsWith("MNI") ? 0.5 : 0);
  const space = [...counts.keys()].sort((a, b) => rank(b) - rank(a))[0];
  const chosen = new Map<string, BidsFile>();
  for (const image of pool) {
    const key = `${subjectOf(image)} ${runOf(image.name)}`;
    if (spaceOf(image) === space && !chosen.has(key)) chosen.set(key, image);
  }
  return [...chosen].sort(([a], [b]) => compareNatural(a, b)).map(([, image]) => image);
}

/** The brain mask of the same subject, run, space and resolution as a functional image. */
export function brainMaskOf(all: readonly BidsFile[], image: BidsFile): string | null {
  const found = all.find(
    (file) =>
      file.name.suffix === "mask" &&
      isImage(file) &&
      file.name.entities.get("desc") === "brain" &&
      runOf(file.name) === runOf(image.name) &&
      ["sub", "space", "res"].every((key) => file.name.entities.get(key) === image.name.entities.get(key)),
  );
  return found?.path ?? null;
}

/** The masks of regions beside the subjects' folders, relative to `root`, with forward slashes. */
export function regionMasks(all: readonly BidsFile[], root: string): string[] {
  const paths = all
    .filter((file) => file.name.suffix === "mask" && isImage(file) && !file.name.entities.has("sub"))
    .map((file) => relative(root, file.path).split(sep).join("/"));
  return paths.sort(compareNatural);
}

/** Label images beside the subjects' folders, by their names, relative to `root`, with forward slashes. */
export function labelImages(all: readonly BidsFile[], root: string): string[] {
  const named = /_dseg\.|atlas|parc|^k\d+_/i;
  const paths = all
    .filter((file) => isImage(file) && !file.name.entities.has("sub") && named.test(basename(file.path)))
    .filter(({ name }) => !["mask", "probseg"].includes(name.suffix))
    .map((file) => relative(root, file.path).split(sep).join("/"));
  return paths.sort(compareNatural);
}

/** A T1w in the space of the data: the study's before a subject's. */
export function backgroundOf(all: readonly BidsFile[], space: string | null): string | null {
  const fits = all.filter(
    (file) =>
      file.name.suffix === "T1w" && isImage(file) && (file.name.entities.get("space") ?? null) === space,
  );
  return (fits.find(({ name }) => !name.entities.has("sub")) ?? fits[0])?.path ?? null;
}

/** Whether a file is a functional image but only a link to a file that is not there. */
export function isAbsentBold(file: BidsFile): boolean {
  return file.absent && isBold({ ...file, absent: false });
}

function isImage({ name, absent }: BidsFile): boolean {
  if (absent) return false;
  return name.extension === ".nii" || name.extension === ".nii.gz";
}
