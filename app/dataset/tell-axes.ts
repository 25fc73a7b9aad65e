import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { ArrayAt, Axis, ToldAxes } from "#app/contract/arrays.ts";
import { Fault } from "#app/contract/fault.ts";
import { codeOf, writingFault } from "#app/contract/writing-fault.ts";
import { type FileOfArrays, filesOfArrays } from "./array-files.ts";
import { arrayImages } from "./array-format.ts";
import { isAxes } from "./arrays/array-axes.ts";
import { groupHemispheres } from "./arrays/array-images.ts";
import { shapeText } from "./arrays/stored-array.ts";
import { faultOf } from "./broken-images.ts";
import { type NamePlace, onlyRun } from "./file-names.ts";
import { parseImageTable, writeTable } from "./image-table.ts";
import { inLanes } from "./lanes.ts";
import { describeImages, type RequestedImage } from "./requested-images.ts";
import { ToldNames } from "./told-names.ts";
import { toldTablePlace } from "./told-table.ts";

/** An image that was told, and the name it gets where its subject and run are not its own. */
interface ToldImage {
  readonly request: RequestedImage;
  readonly otherwise: NamePlace;
}

/**
 * Writes the table of images that a person's answers make of a file or folder of arrays, beside it, and gives its path:
 * opening the table, or what it is of, opens the images. Subjects are those of the axis of subjects, else of the names
 * of files or variables. A table that is there already stays, unless it says the same.
 * @throws Fault table/exists, table/read-only, results/disk-full, array/axes-unknown, dataset/…, image/…
 */
export async function tellAxes({ path, answers, trSeconds }: ToldAxes): Promise<string> {
  const root = resolve(path);
  const told = new Map(answers.map(({ shape, axes }) => [shapeText(shape), axes]));
  const axesOf = ({ file, shape }: ArrayAt): readonly Axis[] | null => {
    const axes = told.get(shapeText(shape)) ?? null;
    if (axes !== null && (!isAxes(axes) || axes.length !== shape.length)) {
      throw new Fault("array/axes-unknown", { path: file, shapes: shapeText(shape) });
    }
    return axes;
  };
  const files = await filesOfArrays(root);
  const images = (await inLanes(files, (file) => imagesOf(file, axesOf, files.length === 1))).flat();
  if (!images.some(({ request }) => request.part !== null)) {
    throw new Fault("image/unreadable", { path: root, detail: "none of its arrays has axes as told" });
  }
  const requests = withDistinctNames(images).map((one) => ({ ...one, repetitionTimeSeconds: trSeconds }));
  const { files: found, broken } = await describeImages(requests);
  if (found.length === 0 && broken[0] !== undefined) throw faultOf(broken[0]);
  const table = toldTablePlace(root);
  const text = writeTable({ folder: dirname(root), files: found, broken, space: null });
  parseImageTable(table, text);
  await writeBeside(root, table, text);
  return table;
}

/** The images in one file, each with its place in the table. */
async function imagesOf(
  { request, stem, arrays }: FileOfArrays,
  axesOf: (array: ArrayAt) => readonly Axis[] | null,
  alone: boolean,
): Promise<ToldImage[]> {
  // One of another format, or that can't be read now, is in the table as it is.
  if (arrays === null) return [{ request, otherwise: { subject: stem, run: onlyRun } }];
  const chosen = arrays.flatMap((array) => {
    const axes = axesOf(array);
    return axes === null ? [] : [{ ...array, axes }];
  });
  const groups = groupHemispheres(chosen).flatMap((group) =>
    group.every(({ axes }) => String(axes) === String(group[0]?.axes)) ? [group] : group.map((one) => [one]),
  );
  const naming = new ToldNames(
    { ...request, stem, alone },
    groups.map(([first]) => first?.name ?? ""),
  );
  const images = await inLanes([...groups.entries()], async ([at, group]) => {
    const { axes = [] } = group[0] ?? {};
    const names = group.map(({ name }) => name);
    const found = await arrayImages(request.path, request.companionPath, names, axes);
    return found.map((image): ToldImage => {
      const place = naming.place(at, image, axes.includes("subjects"));
      return {
        request: { ...request, ...place, part: image.part },
        otherwise: naming.otherwise(at, image, axes.includes("subjects")),
      };
    });
  });
  return images.flat();
}

/** No two images may be one run of one subject: where names would have it so, each gets its file's and variable's. */
function withDistinctNames(images: readonly ToldImage[]): RequestedImage[] {
  const names = new Set(images.map(({ request: { subject, run } }) => `${subject}\n${run}`));
  const distinct = names.size === images.length;
  return images.map(({ request, otherwise }) => (distinct ? request : { ...request, ...otherwise }));
}

/** Whole or not at all. */
async function writeBeside(path: string, table: string, text: string): Promise<void> {
  const part = `${table}.part`;
  try {
    const there = await readFile(table, "utf8").catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return null;
      throw error;
    });
    if (there === text) return;
    if (there !== null) throw new Fault("table/exists", { path: table });
    await writeFile(part, text);
    await rename(part, table);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const fault = writingFault(error, dirname(path));
    throw fault instanceof Fault && fault.code !== "results/read-only"
      ? fault
      : new Fault("table/read-only", { path });
  }
}
