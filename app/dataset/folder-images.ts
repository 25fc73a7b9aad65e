import { relative, sep } from "node:path";
import { compareNatural } from "./bids-entities.ts";
import { type NamePlace, onlyRun, tellNames } from "./file-names.ts";
import type { ListedFile } from "./folder-listing.ts";
import { imageExtension } from "./formats.ts";

/** A file of a plain folder by what its name says it holds. */
export interface FolderFile extends ListedFile {
  /** Relative to the folder, with forward slashes, composed (NFC). */
  readonly inside: string;
  /** Without its ending. */
  readonly stem: string;
}

/** What a plain folder holds, in natural order. */
export interface FolderFiles {
  readonly images: readonly FolderFile[];
  readonly masks: readonly FolderFile[];
  readonly atlases: readonly FolderFile[];
  readonly tables: readonly FolderFile[];
}

/** An image, or two of the hemispheres, with its place in the table. */
export interface FolderImage extends NamePlace {
  readonly file: FolderFile;
  readonly companion: FolderFile | null;
}

const word = (words: string): RegExp => new RegExp(`(^|[^a-z])(${words})(?![a-z])`, "i");
const maskWords = word("masks?|rois?");
const atlasWords = word("atlas|parcels?|parcellation|dseg|k\\d+_\\d+mm");
/** Images that are of no run: anatomy and means. */
const otherWords = word("T1w?|T2w?|anat|anatomical|struct|structural|template|boldref|sbref|mean|flair");

export function sortFiles(listed: readonly ListedFile[], root: string): FolderFiles {
  const files = listed
    .map((file) => folderFile(file, root))
    .sort((a, b) => compareNatural(a.inside, b.inside));
  const ofImages = files.filter(({ fileName }) => imageExtension(fileName) !== null);
  const masks = ofImages.filter(({ fileName }) => maskWords.test(fileName));
  const rest = ofImages.filter((file) => !masks.includes(file));
  const atlases = rest.filter(({ fileName }) => atlasWords.test(fileName));
  const images = rest.filter((file) => !atlases.includes(file) && !otherWords.test(file.fileName));
  return { images, masks, atlases, tables: files.filter(({ fileName }) => /\.tsv$/i.test(fileName)) };
}

/** Subject and run of each image by what varies in their names, in natural order of both. */
export function placeImages(files: readonly FolderFile[]): { images: FolderImage[]; told: boolean } {
  const pairs = pairSides(files);
  const { places, told } = tellNames(pairs.map(({ name }) => name));
  const images = pairs.map(({ file, companion }, at) => {
    return { ...(places[at] ?? { subject: file.stem, run: onlyRun }), file, companion };
  });
  images.sort((a, b) => compareNatural(a.subject, b.subject) || compareNatural(a.run, b.run));
  return { images, told };
}

/** A mask, or a table of events or confounds, of one image by its name: "s01_brain_mask" is "s01"'s. */
export function fileOf(
  candidates: readonly FolderFile[],
  kind: RegExp,
  image: FolderFile,
): FolderFile | null {
  const bare = (stem: string): string =>
    stem.toLowerCase().replace(/brain|bold|mask|events|confounds|[^\p{L}\p{N}/]/gu, "");
  const own = bare(image.stem);
  return candidates.find(({ stem }) => kind.test(stem) && bare(stem) === own) ?? null;
}

function folderFile(file: ListedFile, root: string): FolderFile {
  const inside = relative(root, file.path).split(sep).join("/").normalize("NFC");
  const ending = imageExtension(inside) ?? /\.[^./]*$/.exec(inside)?.[0] ?? "";
  return { ...file, inside, stem: inside.slice(0, inside.length - ending.length) };
}

/** "lh_s1" with "rh_s1", "s1.L" with "s1.R", "s1_hemi-L" with "s1_hemi-R": under the name of neither. */
function pairSides(
  files: readonly FolderFile[],
): { name: string; file: FolderFile; companion: FolderFile | null }[] {
  const side = /(^|[^a-zA-Z])(lh|rh|hemi-L|hemi-R|L|R)(?![a-zA-Z0-9])/i;
  const byStem = new Map(files.map((file) => [file.stem, file]));
  const rights = new Set<FolderFile>();
  const pairs = files.map((file) => {
    const found = side.exec(file.stem);
    const left = found?.[2];
    if (!found || !left || !/l/i.test(left)) return { name: file.stem, file, companion: null };
    const at = found.index + (found[1]?.length ?? 0);
    const [before, after] = [file.stem.slice(0, at), file.stem.slice(at + left.length)];
    const right = byStem.get(before + rightOf(left) + after);
    if (right === undefined) return { name: file.stem, file, companion: null };
    rights.add(right);
    return { name: before + after, file, companion: right };
  });
  return pairs.filter(({ file }) => !rights.has(file));
}

function rightOf(left: string): string {
  return left.replace(/l(?=h?$)/i, (letter) => (letter === "l" ? "r" : "R"));
}
