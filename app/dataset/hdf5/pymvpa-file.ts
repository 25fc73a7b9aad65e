import { compareNatural } from "../bids-entities.ts";
import {
  columnGrid,
  type DecodedImage,
  MOST_VOXELS,
  type PlacedColumns,
  placeColumns,
} from "./decoded-image.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { labelsOf, runsOf } from "./pymvpa-attributes.ts";
import { gridOf } from "./pymvpa-grid.ts";
import { type Place, PymvpaObjects } from "./pymvpa-objects.ts";
import { product } from "./stored-array.ts";

const ZSCORE_REMARK =
  "The file does not say whether its values were z-scored in each run. Concord z-scores each run in any case.";

/** Whether these attributes of the root are those of a file that PyMVPA wrote. */
export function isPymvpa(attributes: readonly string[]): boolean {
  return attributes.some((name) => name.startsWith("__pymvpa_")) || attributes.includes("recon");
}

/**
 * The datasets in a file of PyMVPA's h5save: one Dataset, or a list, tuple or dict of them, one a subject.
 * @throws Fault image/unreadable
 */
export function decodePymvpa(file: Hdf5File): DecodedImage[] {
  const objects = new PymvpaObjects(file);
  const subjects = subjectsOf(objects);
  const images: DecodedImage[] = [];
  const passedOver: string[] = [];
  for (const [subject, place] of subjects) {
    const path = place();
    if (isDataset(objects, path)) images.push(datasetAt(file, objects, path, subject));
    else passedOver.push(subject ?? path);
  }
  if (images.length === 0) throw file.refusal("it was written by PyMVPA and holds no Dataset");
  if (passedOver.length === 0) return images;
  const remark = `${passedOver.join(", ")} of the file ${passedOver.length === 1 ? "is" : "are"} no Dataset.`;
  return images.map((image) => ({ ...image, remarks: [...image.remarks, remark] }));
}

function subjectsOf(objects: PymvpaObjects): (readonly [string | null, Place])[] {
  if (isDataset(objects, "/")) return [[null, () => "/"]];
  if (objects.classOf("/") === "dict") {
    const entries = [...objects.entries("/")].sort(([a], [b]) => compareNatural(a, b));
    return entries.map(([key, place]) => [subjectName(key, entries.length), place] as const);
  }
  const items = objects.items("/");
  return items.map((place, at) => [subjectName(String(at + 1), items.length), place] as const);
}

/** A key as it is, but for what no name of a file may hold; a number as "sub-01". */
function subjectName(key: string, count: number): string {
  if (/^\d+$/.test(key)) return `sub-${key.padStart(Math.max(2, String(count).length), "0")}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return key.replace(/[/\\\u0000-\u001f]/g, "_") || "_";
}

function isDataset(objects: PymvpaObjects, path: string): boolean {
  return ["Dataset", "AttrDataset"].includes(objects.classOf(path));
}

function datasetAt(
  file: Hdf5File,
  objects: PymvpaObjects,
  path: string,
  subject: string | null,
): DecodedImage {
  const [samples, sa, fa, a] = [0, 1, 2, 3].map((at) => objects.argument(path, at));
  if (samples === undefined || file.kindOf(samples()) !== "array") {
    throw file.refusal("a Dataset in it has no samples that are an array");
  }
  const array = file.array(samples());
  const [volumes = 0, columns = 0] = array.shape;
  if (array.shape.length !== 2 || product(array.shape) < 1) {
    throw file.refusal(
      `the samples of a Dataset in it are ${array.shape.join(" × ")} values, not volumes × voxels`,
    );
  }
  const attributes = collection(objects, sa);
  const indices = collection(objects, fa).get("voxel_indices")?.() ?? null;
  const { runs, remarks } = runsOf(file, attributes, volumes);
  const image = { part: path, subject, array, volumes, columns, runs };
  const labels = labelsOf(file, attributes, volumes);
  const header = collection(objects, a);
  const { grid, repetitionTimeSeconds, remarks: gridRemarks } = gridOf(file, objects, header, attributes);
  const told = { labels, repetitionTimeSeconds };
  if (indices === null) {
    const remark = "The file does not say where its voxels lie.";
    const all = [...remarks, remark, ZSCORE_REMARK];
    return { ...image, ...told, grid: columnGrid(columns), placed: null, remarks: all };
  }
  const { places, extents } = indicesOf(file, indices, columns);
  const dimensions = grid.dimensions ?? extents;
  const placed = placedOn(file, places, dimensions);
  const space = { kind: "volume" as const, dimensions, affine: grid.affineOn(dimensions) };
  return { ...image, ...told, grid: space, placed, remarks: [...remarks, ...gridRemarks, ZSCORE_REMARK] };
}

/** The values of a collection of attributes, each of which is kept with its name, in a Collectable. */
function collection(objects: PymvpaObjects, place: Place | undefined): Map<string, Place> {
  const values = new Map<string, Place>();
  if (place === undefined) return values;
  const path = place();
  const isDict = objects.classOf(path) === "dict";
  const named = isDict ? objects.entries(path) : itemsOfCollection(objects, path);
  for (const [name, kept] of named) {
    values.set(name, () => {
      const inner = kept();
      return /Collectable$/.test(objects.classOf(inner)) ? (objects.argument(inner, 0)?.() ?? inner) : inner;
    });
  }
  return values;
}

/** A collection that was written as an object: the first of its arguments are its items, as a dict. */
function itemsOfCollection(objects: PymvpaObjects, path: string): Map<string, Place> {
  const items = objects.argument(path, 0)?.();
  return items !== undefined && objects.classOf(items) === "dict" ? objects.entries(items) : new Map();
}

/** The voxel (i, j, k) of each column, and the smallest grid that holds them. */
function indicesOf(
  file: Hdf5File,
  path: string,
  columns: number,
): { places: Float64Array; extents: [number, number, number] } {
  const array = file.kindOf(path) === "array" ? file.array(path) : null;
  if (array === null || array.shape.length !== 2 || array.shape[0] !== columns || array.shape[1] !== 3) {
    throw file.refusal(`its voxel_indices are not ${columns} × 3`);
  }
  const places = file.numbers(array);
  const extents: [number, number, number] = [1, 1, 1];
  for (const [at, index] of places.entries()) {
    if (!Number.isSafeInteger(index) || index < 0) throw file.refusal(`one of its voxel_indices is ${index}`);
    extents[at % 3] = Math.max(extents[at % 3] as number, index + 1);
  }
  return { places, extents };
}

function placedOn(
  file: Hdf5File,
  places: Float64Array,
  [nx, ny, nz]: readonly [number, number, number],
): PlacedColumns {
  if (!(nx * ny * nz <= MOST_VOXELS)) throw file.refusal(`its grid is ${nx} × ${ny} × ${nz}`);
  const voxels = Int32Array.from({ length: places.length / 3 }, (_, column) => {
    const [i = 0, j = 0, k = 0] = places.subarray(column * 3, column * 3 + 3);
    if (i >= nx || j >= ny || k >= nz) {
      throw file.refusal(`its voxel ${i}, ${j}, ${k} lies outside its grid of ${nx} × ${ny} × ${nz}`);
    }
    return i + nx * (j + ny * k);
  });
  const placed = placeColumns(voxels);
  if (placed === null) throw file.refusal("two of its columns are the same voxel");
  return placed;
}
