import { compareNatural, runOf } from "./bids-entities.ts";
import { type BidsFile, isThere } from "./bids-files.ts";
import { isSurface, isTwin, subjectOf } from "./bids-images.ts";
import { readinessOf } from "./bids-treatments.ts";

/** The image of one subject's run: a file, or two of the hemispheres. */
export interface BidsImage {
  readonly subject: string;
  readonly run: string;
  /** The left hemisphere's where it is a surface's, unless that one is missing. */
  readonly file: BidsFile;
  readonly companion: BidsFile | null;
}

/**
 * One image for each subject and run, of the files of one space, in the order of subjects and runs: of a run that some
 * subject has in a cleaner state than desc-preproc, that state; derivatives before others; what is there before what
 * is not; NIfTI before its twin in HDF5.
 */
export function chooseImages(files: readonly BidsFile[]): BidsImage[] {
  const byRun = new Map<string, BidsImage[]>();
  for (const image of pairHemispheres(files)) {
    const known = byRun.get(image.run);
    if (known) known.push(image);
    else byRun.set(image.run, [image]);
  }
  const chosen: BidsImage[] = [];
  for (const images of byRun.values()) {
    const best = Math.max(...images.filter(isWhole).map(({ file }) => readinessOf(file.name)));
    const bySubject = new Map<string, BidsImage>();
    for (const image of images) {
      const other = bySubject.get(image.subject);
      if (other === undefined || prefers(image, other, best)) bySubject.set(image.subject, image);
    }
    chosen.push(...bySubject.values());
  }
  return chosen.sort((a, b) => compareNatural(a.subject, b.subject) || compareNatural(a.run, b.run));
}

/** Whether all of an image can be read. */
export function isWhole({ file, companion }: BidsImage): boolean {
  return isThere(file) && (companion === null || isThere(companion));
}

/** The left and the right surface of one run as one image, in either spelling of their names. */
function pairHemispheres(files: readonly BidsFile[]): BidsImage[] {
  const pairs = new Map<string, { left?: BidsFile; right?: BidsFile }>();
  const images: BidsImage[] = [];
  const imageOf = (file: BidsFile, companion: BidsFile | null = null): BidsImage => {
    return { subject: subjectOf(file), run: runOf(file.name), file, companion };
  };
  for (const file of files) {
    const { entities, words } = file.name;
    const hemi = entities.get("hemi")?.toUpperCase();
    if (!isSurface(file) || (hemi !== "L" && hemi !== "R")) {
      images.push(imageOf(file));
      continue;
    }
    const key = [entities.get("sub"), runOf(file.name), entities.get("desc"), ...words].join("\n");
    const pair = pairs.get(key) ?? {};
    if (hemi === "L") pair.left ??= file;
    else pair.right ??= file;
    pairs.set(key, pair);
  }
  for (const { left, right } of pairs.values()) {
    const first = left ?? right;
    if (first) images.push(imageOf(first, left === undefined ? null : (right ?? null)));
  }
  return images;
}

/** Whether an image is to be taken before another of the same subject and run; `best` is the state of the run. */
function prefers(image: BidsImage, other: BidsImage, best: number): boolean {
  const marks = (one: BidsImage): number[] => {
    const readiness = readinessOf(one.file.name);
    return [
      readiness === best ? 1 : 0,
      readiness,
      Number(isDerivative(one)),
      Number(isWhole(one)),
      Number(!isTwin(one.file)),
    ];
  };
  const [a, b] = [marks(image), marks(other)];
  const at = a.findIndex((mark, i) => mark !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function isDerivative({ file }: BidsImage): boolean {
  return /[\\/](derivatives|fmriprep[\w.-]*)[\\/]/i.test(file.path);
}
