import { basename, join, resolve } from "node:path";
import type { Dataset, Problem, Reader } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { absentImage } from "./absent-image.ts";
import { isThere } from "./bids-files.ts";
import { unknownPreprocessing } from "./bids-preprocessing.ts";
import { describedDataset } from "./described-dataset.ts";
import { leavesFolder } from "./folder-border.ts";
import {
  type FolderFile,
  type FolderFiles,
  type FolderImage,
  fileOf,
  placeImages,
  sortFiles,
} from "./folder-images.ts";
import { listFolder } from "./folder-listing.ts";
import { type DescribedImages, describeImages, type RequestedImage } from "./requested-images.ts";
import { toldDataset } from "./told-table.ts";

/** P07/func/bold.nii.gz */
const deepest = 2;
const passedOver = /^\.|^node_modules$/;

/** A plain folder with one image a subject, or a few, in any format: subjects and runs by what varies in their names. */
export const folderReader: Reader = {
  name: "folder",
  async recognise(path) {
    const { images } = await look(path).catch(() => ({ images: [] }));
    return images.length > 0;
  },
  describe: describeFolder,
};

/** @throws Fault dataset/not-found */
export async function look(folder: string): Promise<FolderFiles & { readonly problems: readonly Problem[] }> {
  const path = resolve(folder);
  const { files, problems } = await listFolder(path, deepest, (name) => !passedOver.test(name));
  const seen = files.filter(({ fileName }) => !passedOver.test(fileName));
  return { ...sortFiles(seen, path), problems };
}

async function describeFolder(folder: string, space: string | null = null): Promise<Dataset> {
  const path = resolve(folder);
  const found = await look(path);
  const before = await toldDataset(
    path,
    space,
    found.images.map(({ inside }) => join(path, inside)),
  );
  if (before !== null) return before;
  const { images, told } = placeImages(found.images);
  const present = images.filter((image) => !isAbsent(image));
  if (images.length === 0) throw new Fault("dataset/empty", { path });
  const own = new Set<FolderFile | null>();
  const requests = present.map((image) => {
    const maskFile = fileOf(found.masks.filter(isThere), /mask/i, image.file);
    own.add(maskFile);
    return requested(image, maskFile, found.tables.filter(isThere));
  });
  const { described, left } = withoutSingleVolumes(await describeImages(requests));
  const beside = (files: readonly FolderFile[]): string[] =>
    files.filter((file) => isThere(file) && !own.has(file)).map(({ inside }) => inside);
  return describedDataset(described, {
    path,
    reader: "folder",
    masks: beside(found.masks),
    atlases: beside(found.atlases),
    absent: images.filter(isAbsent).map((image) => absentImage(path, image, [image.file, image.companion])),
    problems: [
      unknownPreprocessing,
      ...(told ? [] : [tellUntold(present.length)]),
      ...left,
      ...found.problems,
    ],
  });
}

/** An image of a plain folder, with the tables that are its own by their names. */
export function requested(
  { subject, run, file, companion }: FolderImage,
  maskFile: FolderFile | null,
  tables: readonly FolderFile[],
): RequestedImage {
  const stray = file.stray || companion?.stray === true;
  return {
    subject,
    run,
    path: file.path,
    companionPath: companion?.path ?? null,
    part: null,
    rows: null,
    maskPath: maskFile?.path ?? null,
    eventsPath: fileOf(tables, /events/i, file)?.path ?? null,
    confoundsPath: fileOf(tables, /confounds/i, file)?.path ?? null,
    labels: [],
    treatments: [],
    repetitionTimeSeconds: null,
    refused: stray ? leavesFolder : null,
  };
}

/** Among runs of many volumes a file with one is a mean or a map, not a run. */
function withoutSingleVolumes({ files, broken, doubts }: DescribedImages): {
  described: DescribedImages;
  left: Problem[];
} {
  const runs = files.filter(({ volumes }) => volumes > 1);
  if (runs.length === 0 || runs.length === files.length)
    return { described: { files, broken, doubts }, left: [] };
  const single = files.filter((file) => !runs.includes(file)).map(({ path }) => basename(path));
  const text = `These files hold one volume each and were taken for no run: ${single.join(", ")}.`;
  return { described: { files: runs, broken, doubts }, left: [{ severity: "note", text }] };
}

function tellUntold(count: number): Problem {
  const text = `The names do not tell subjects from runs, so each of the ${count} images is taken for a subject. A table can say which is whose (docs/image-table.md).`;
  return { severity: "warning", text };
}

function isAbsent({ file, companion }: FolderImage): boolean {
  return file.absent || companion?.absent === true;
}
