import { relative, sep } from "node:path";
import { compareNatural } from "./bids-entities.ts";
import { type BidsFile, isThere } from "./bids-files.ts";

/** Endings of a functional image, of the most telling first; nltools writes .hdf5 twins of volumes. */
const volumes = [".nii.gz", ".nii"];
const twins = [".hdf5", ".h5"];
const surfaces = [".func.gii", ".func.gii.gz"];
const grayordinates = [".dtseries.nii"];
const functional = [...volumes, ...twins, ...surfaces, ...grayordinates];

/** Whether a file is a functional image of a subject, be it there or not. */
export function isBold({ name }: BidsFile): boolean {
  return name.suffix === "bold" && functional.includes(name.extension) && name.entities.has("sub");
}

export function isVolume({ name }: BidsFile): boolean {
  return volumes.includes(name.extension);
}

export function isSurface({ name }: BidsFile): boolean {
  return surfaces.includes(name.extension);
}

export function isTwin({ name }: BidsFile): boolean {
  return twins.includes(name.extension);
}

export function isOfVoxels(file: BidsFile): boolean {
  return isVolume(file) || isTwin(file);
}

export function subjectOf({ name }: BidsFile): string {
  return `sub-${name.entities.get("sub") ?? ""}`;
}

/** The masks of regions beside the subjects' folders, relative to `root`, with forward slashes. */
export function regionMasks(all: readonly BidsFile[], root: string): string[] {
  return besideSubjects(all, root, ({ name }) => name.suffix === "mask");
}

/** The label images of parcels beside the subjects' folders, likewise: "k50_2mm.nii.gz", "atlas-X_dseg.nii.gz". */
export function atlases(all: readonly BidsFile[], root: string): string[] {
  return besideSubjects(all, root, ({ name, fileName }) => {
    if (["mask", "probseg"].includes(name.suffix) || /(^|_)(T1|T2|brain)/i.test(fileName)) return false;
    return name.suffix === "dseg" || /^\d+mm$/.test(name.suffix) || /parc|atlas|^k\d+_/i.test(fileName);
  });
}

function besideSubjects(all: readonly BidsFile[], root: string, fits: (file: BidsFile) => boolean): string[] {
  return all
    .filter((file) => isVolume(file) && isThere(file) && !file.name.entities.has("sub") && fits(file))
    .map((file) => relative(root, file.path).split(sep).join("/"))
    .sort(compareNatural);
}

/** A T1w in the space of the data: the study's before a subject's. */
export function backgroundOf(all: readonly BidsFile[], space: string | null): string | null {
  const fits = all.filter(
    (file) =>
      file.name.suffix === "T1w" &&
      isVolume(file) &&
      isThere(file) &&
      (file.name.entities.get("space") ?? null) === space,
  );
  return (fits.find(({ name }) => !name.entities.has("sub")) ?? fits[0])?.path ?? null;
}
