import { basename } from "node:path";
import type { Axis } from "#app/contract/arrays.ts";
import { Fault } from "#app/contract/fault.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { guessAxes, maybeImage, parseAxesPart } from "./arrays/array-axes.ts";
import { isArrayFile, openArrays } from "./arrays/array-file.ts";
import { groupHemispheres, imagesIn } from "./arrays/array-images.ts";
import { eachArrayVolume } from "./arrays/array-volumes.ts";
import { labelsBeside } from "./arrays/label-file.ts";
import { type StoredArray, shapeText } from "./arrays/stored-array.ts";
import type { Format, FoundImage, ImagePlace } from "./format.ts";

/** More than any head holds: a packed file of few bytes could claim it. */
const mostVoxels = 1e8;
const mostSubjects = 1e4;

/** One array of a file, as its header tells. */
export interface ArraySummary {
  /** The variable's name; "" where the file is one array. */
  readonly name: string;
  readonly shape: readonly number[];
  /** As NumPy calls it: "float64". */
  readonly type: string;
}

/**
 * Arrays of NumPy (.npy, .npz) and MATLAB (.mat) with axes for voxels, time and perhaps subjects. The part of an image
 * says which array it is and what its axes are: see `axesPart`. Throws array/axes-unknown where neither a name nor a
 * shape tells the axes; arrays of labels are no images.
 */
export const arrayFormat: Format = {
  name: "array",
  extensions: [".npy", ".npz", ".mat"],
  recognise: isArrayFile,
  async describe(path, companionPath) {
    const { arrays: all } = await openArrays(path);
    const arrays = all.filter(({ name, shape }) => maybeImage(shape, name || basename(path)));
    const groups = groupHemispheres(arrays).flatMap((group) => {
      const [{ shape, name } = { shape: [], name: "" }] = group;
      const axes = guessAxes(shape, name || basename(path));
      return axes === null ? [] : [{ names: group.map((array) => array.name), axes }];
    });
    if (groups.length === 0 && arrays.length > 0) {
      const shapes = arrays.map(({ name, shape }) => `${name} ${shapeText(shape)}`.trim()).join(", ");
      throw new Fault("array/axes-unknown", { path, shapes });
    }
    const images: FoundImage[] = [];
    for (const { names, axes } of groups)
      images.push(...(await arrayImages(path, companionPath, names, axes)));
    return images;
  },
  async describePart(path, companionPath, part) {
    const place = parseAxesPart(part);
    return place === null ? null : arrayImages(path, companionPath, place.names, place.axes);
  },
  voxels: async () => null,
  async eachVolume(image, voxels, visit, signal) {
    const place = parseAxesPart(image.part);
    if (place === null) throw unreadable(image.path, "its axes are not said");
    const arrays = await chosenArrays(image, place.names);
    const time = checkAxes(image.path, arrays, place.axes);
    const { rows } = image;
    if (rows === null && time !== image.volumes)
      throw unreadable(image.path, `it has ${time} volumes by now`);
    let next = 0;
    const visitChosen = (values: Float32Array, row: number) => {
      if (rows === null) visit(values, row);
      else if (rows[next] === row) visit(values, next++);
    };
    await eachArrayVolume(arrays, place, time, voxels, visitChosen, signal);
  },
};

/** The arrays of numbers in a file, to ask a person for their axes. @throws Fault image/… */
export async function describeArrays(path: string): Promise<readonly ArraySummary[]> {
  const { arrays } = await openArrays(path);
  return arrays.map(({ name, shape, type }) => ({ name, shape, type }));
}

/**
 * The images in arrays whose axes are known: one, or as many as there are subjects. Arrays of several names, and those
 * of the companion's file, are joined voxel by voxel.
 * @throws Fault image/unreadable where the arrays do not have these axes, or do not fit each other
 */
export async function arrayImages(
  path: string,
  companionPath: string | null,
  names: readonly string[],
  axes: readonly Axis[],
): Promise<readonly FoundImage[]> {
  const arrays = await chosenArrays({ path, companionPath }, names);
  const time = checkAxes(path, arrays, axes);
  const labels = await labelsBeside(path, time);
  return imagesIn(path, names, arrays, axes).map((image) => ({ ...image, labels }));
}

async function chosenArrays(
  { path, companionPath }: Pick<ImagePlace, "path" | "companionPath">,
  names: readonly string[],
): Promise<StoredArray[]> {
  const found: StoredArray[] = [];
  for (const file of companionPath === null ? [path] : [path, companionPath]) {
    const { arrays, refused } = await openArrays(file);
    for (const wanted of names) {
      const array = arrays.find(({ name }) => name === wanted);
      const refusal = refused.find(({ name }) => name === wanted);
      if (array === undefined) {
        throw unreadable(file, refusal ? `of ${wanted}, ${refusal.detail}` : `it holds no array ${wanted}`);
      }
      found.push(array);
    }
  }
  return found;
}

/** The length of the axis of time, which all have alike. */
function checkAxes(path: string, arrays: readonly StoredArray[], axes: readonly Axis[]): number {
  const of = ({ shape }: StoredArray, axis: Axis) => shape[axes.indexOf(axis)] ?? 1;
  const [first] = arrays;
  const voxels = arrays.reduce((sum, array) => sum + of(array, "voxels"), 0);
  if (first === undefined || arrays.some(({ shape }) => shape.length !== axes.length)) {
    throw unreadable(path, `its shape is ${shapeText(first?.shape ?? [])}, without ${axes.join(", ")}`);
  }
  if (
    arrays.some(
      (array) => of(array, "time") !== of(first, "time") || of(array, "subjects") !== of(first, "subjects"),
    )
  ) {
    throw unreadable(path, "its arrays do not fit each other");
  }
  if (of(first, "subjects") > mostSubjects)
    throw unreadable(path, `it would have ${of(first, "subjects")} subjects`);
  if (voxels > mostVoxels) throw unreadable(path, `it would have ${voxels} voxels`);
  return of(first, "time");
}
