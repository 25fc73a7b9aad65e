import { type BidsName, compareNatural, parseBidsName } from "./bids-entities.ts";
import { type FolderListing, type ListedFile, listFolder } from "./folder-listing.ts";

export interface BidsFile extends ListedFile {
  readonly name: BidsName;
}

/** derivatives/fmriprep/sub-…/ses-…/func */
const deepest = 5;
const entered =
  /^(sub-|ses-)|^(func|anat|fmriprep[\w.-]*|derivatives|masks|rois|atlas|atlases|parcellations|surfaces|fsaverage\d?|fsLR)$/i;

/**
 * The files of a study, by their paths: beside its subjects' folders and below them; also in fmriprep/, derivatives/,
 * masks/, rois/, atlases/, surfaces/, fsaverage5/. @throws Fault dataset/not-found
 */
export async function listBidsFiles(
  root: string,
): Promise<{ files: BidsFile[]; problems: FolderListing["problems"] }> {
  const { files, problems } = await listFolder(root, deepest, (name) => entered.test(name));
  return { files: files.map(bidsFile).sort((a, b) => compareNatural(a.path, b.path)), problems };
}

/** Whether a study holds such a file: it is looked through until one is found. @throws Fault dataset/not-found */
export async function holdsBidsFile(root: string, fits: (file: BidsFile) => boolean): Promise<boolean> {
  let found = false;
  await listFolder(
    root,
    deepest,
    (name) => entered.test(name),
    (file) => {
      found ||= fits(bidsFile(file));
      return found;
    },
  );
  return found;
}

function bidsFile(file: ListedFile): BidsFile {
  return { ...file, name: parseBidsName(file.fileName) };
}

/** Whether it can be read. */
export function isThere({ absent, stray }: ListedFile): boolean {
  return !absent && !stray;
}
