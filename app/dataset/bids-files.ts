import { readdir, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { appliesTo, type BidsName, compareNatural, parseBidsName } from "./bids-entities.ts";

export interface BidsFile {
  readonly path: string;
  readonly name: BidsName;
  /** Whether it is a link to a file that is not there: git-annex leaves such until a file is fetched. */
  readonly absent: boolean;
}

const deepest = 4;

/** The files of a study: beside its subjects' folders and below them; also in fmriprep/, derivatives/, masks/, rois/, atlases/. */
export async function listBidsFiles(root: string): Promise<BidsFile[]> {
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) throw new Fault("dataset/not-found", { path: root });
  const files: BidsFile[] = [];
  await walk(root, 0, files);
  return files.sort((a, b) => compareNatural(a.path, b.path));
}

/** The files of `suffix` and `extension` that BIDS inheritance gives to `image`, the most special first. */
export function inherited(
  files: readonly BidsFile[],
  image: BidsFile,
  suffix: string,
  extension: string,
): BidsFile[] {
  const applies = (file: BidsFile): boolean =>
    !file.absent &&
    file.name.suffix === suffix &&
    file.name.extension === extension &&
    appliesTo(file.name, image.name) &&
    (file.name.entities.has("sub") || image.path.startsWith(dirname(file.path) + sep));
  return files.filter(applies).sort((a, b) => b.name.entities.size - a.name.entities.size);
}

/** Folders that can't be listed are passed over. */
async function walk(folder: string, depth: number, files: BidsFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
    if (kind === null || kind.isFile()) {
      files.push({ path, name: parseBidsName(entry.name), absent: kind === null });
    }
    const enter = /^(sub-|ses-)|^(func|anat|fmriprep|derivatives|masks|rois|atlas|atlases)$/i.test(
      entry.name,
    );
    if (kind?.isDirectory() && enter && depth < deepest + 1) await walk(path, depth + 1, files);
  }
}
