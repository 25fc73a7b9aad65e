import { type BidsName, compareNatural, parseBidsName } from "./bids-entities.ts";
import { type FolderListing, type ListedFile, listFolder } from "./folder-listing.ts";

export interface BidsFile extends ListedFile {
  readonly name: BidsName;
}

/** derivatives/fmriprep/sub-…/ses-…/func */
const deepest = 5;
const entered =
  /^(sub-|ses-)|^(func|anat|fmriprep[\w.-]*|derivatives|masks|rois|atlas|atlases|parcellations)$/i;

/**
 * The files of a study, by their paths: beside its subjects' folders and below them; also in fmriprep/, derivatives/,
 * masks/, rois/, atlases/. @throws Fault dataset/not-found
 */
export async function listBidsFiles(
  root: string,
): Promise<{ files: BidsFile[]; problems: FolderListing["problems"] }> {
  const { files, problems } = await listFolder(root, deepest, (name) => entered.test(name));
  const named = files.map((file) => ({ ...file, name: parseBidsName(file.fileName) }));
  return { files: named.sort((a, b) => compareNatural(a.path, b.path)), problems };
}

/** Whether it can be read. */
export function isThere({ absent, stray }: ListedFile): boolean {
  return !absent && !stray;
}
