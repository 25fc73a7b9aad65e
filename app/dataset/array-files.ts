import { access } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { ArrayAt } from "#app/contract/arrays.ts";
import { Fault } from "#app/contract/fault.ts";
import { arrayFormat, describeArrays } from "./array-format.ts";
import { maybeImage } from "./arrays/array-axes.ts";
import { isThere } from "./bids-files.ts";
import { fileReader, namesOfFile } from "./file-reader.ts";
import { type FolderFile, type FolderImage, placeImages } from "./folder-images.ts";
import { look, requested } from "./folder-reader.ts";
import { formatAt } from "./formats.ts";
import { inLanes } from "./lanes.ts";
import type { RequestedImage } from "./requested-images.ts";

/** A file of a folder, or the one that was opened. */
export interface FileOfArrays {
  /** With whose it is by its name; a subject of "" where that says nothing. */
  readonly request: RequestedImage;
  /** Without its ending, relative to what was opened. */
  readonly stem: string;
  /** Those that can be images; null where the file is of another format or can't be read. */
  readonly arrays: readonly ArrayAt[] | null;
}

/** The arrays in a file or a folder that can be images. @throws Fault dataset/…, image/… */
export async function arraysAt(path: string): Promise<readonly ArrayAt[]> {
  return (await filesOfArrays(path)).flatMap(({ arrays }) => arrays ?? []);
}

/** The files that `path` is or holds; those that are not downloaded are left out. @throws Fault dataset/…, image/… */
export async function filesOfArrays(path: string): Promise<readonly FileOfArrays[]> {
  const root = resolve(path);
  if (await fileReader.recognise(root)) return [await oneFile(root)];
  const found = await look(root);
  const here = found.images.filter(isThere);
  if (here.length === 0) throw new Fault("dataset/empty", { path: root });
  const tables = found.tables.filter(isThere);
  return inLanes(placeImages(here).images, async (image) => {
    const placed = await byName(root, image);
    const { inside } = image.file;
    const stem = image.file.stem.replaceAll("/", "_");
    return { request: requested(placed, null, tables), stem, arrays: await arraysOf(placed.file, inside) };
  });
}

async function oneFile(path: string): Promise<FileOfArrays> {
  if ((await formatAt(path)).name !== arrayFormat.name) {
    throw new Fault("image/unreadable", { path, detail: "it holds no arrays whose axes could be told" });
  }
  const { subject, run } = namesOfFile(path);
  const request: RequestedImage = {
    subject: subject ?? "",
    run,
    path,
    companionPath: null,
    part: null,
    rows: null,
    maskPath: null,
    eventsPath: null,
    confoundsPath: null,
    labels: [],
    treatments: [],
    repetitionTimeSeconds: null,
    refused: null,
  };
  return { request, stem: run, arrays: await imageArrays(path, basename(path)) };
}

/** The image by the names of its files, not by where git-annex keeps them. */
async function byName(root: string, image: FolderImage): Promise<FolderImage> {
  const named = async (file: FolderFile): Promise<FolderFile> => {
    const path = join(root, file.inside);
    return access(path).then(
      () => ({ ...file, path }),
      () => file,
    );
  };
  const { file, companion } = image;
  return { ...image, file: await named(file), companion: companion && (await named(companion)) };
}

async function arraysOf({ path, stray }: FolderFile, inside: string): Promise<readonly ArrayAt[] | null> {
  if (stray || !arrayFormat.extensions.some((ending) => path.toLowerCase().endsWith(ending))) return null;
  return imageArrays(path, inside).catch((error: unknown) => {
    if (error instanceof Fault) return null;
    throw error;
  });
}

async function imageArrays(path: string, file: string): Promise<readonly ArrayAt[]> {
  return (await describeArrays(path))
    .filter(({ name, shape }) => shape.length <= 3 && maybeImage(shape, name || basename(path)))
    .map((array) => ({ file, ...array }));
}
