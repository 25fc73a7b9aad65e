import { type BackProjected, backProjected } from "#app/align/back-projection.ts";
import type { LinearMap } from "#app/align/transform.ts";
import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { openArrays } from "#app/dataset/arrays/array-file.ts";
import { valuesOf } from "#app/dataset/arrays/array-runs.ts";
import { countOf, shapeText } from "#app/dataset/arrays/stored-array.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, rowsInPlace, transpose } from "#app/linalg/matrix.ts";
import type { ReadTransform } from "#app/results/kept-transforms.ts";
import type { KeptTransform } from "#app/results/transform-files.ts";
import type { LastTransform } from "./last-transform.ts";

/** Samples of the common space of a run that kept its transforms, to be seen in a subject's own voxels. */
export interface BackProjectionAsked {
  readonly folder: string;
  readonly subject: string;
  readonly fold: string | null;
  readonly samples: AskedSamples;
}

/**
 * The samples aligned on as they lie in the common space; an array of rows × columns of it in a file; or one row, the mean
 * of what the other subjects' samples of a condition, of the runs tested, are there.
 */
export type AskedSamples =
  | { readonly of: "space" }
  | { readonly of: "file"; readonly path: string }
  | { readonly of: "condition"; readonly name: string };

/** Those samples, rows × voxels; voxels are linear on the grid. */
export interface BackProjection extends BackProjected {
  readonly fold: string;
  readonly grid: Grid;
  readonly voxels: Int32Array;
}

/** @throws Fault results/incomplete, transforms/none, transforms/unknown, transforms/other-width, image/… */
export async function backProjection(
  { folder, subject, fold, samples }: BackProjectionAsked,
  transforms: LastTransform,
  linalg: Linalg,
): Promise<BackProjection> {
  const read = await transforms.of(folder, { subject, fold });
  const { transform, grid } = read;
  const found = broughtBack(linalg, read, await rowsOf(read, samples));
  return { ...found, fold: read.fold, grid, voxels: transform.voxels };
}

async function rowsOf(read: ReadTransform, samples: AskedSamples): Promise<Matrix> {
  if (samples.of === "space") return read.commonSpace;
  if (samples.of === "file") return await tableOf(samples.path, read.width);
  const found = patternOfOthers(read, samples.name);
  if (found !== null) return found;
  const known = read.conditions.length === 0 ? "none" : read.conditions.join(", ");
  throw new Fault("transforms/unknown", { name: samples.name, known });
}

/** One row; null where the fold tested no such condition. */
export function patternOfOthers({ conditions, others }: ReadTransform, condition: string): Matrix | null {
  const at = conditions.indexOf(condition);
  return at < 0 ? null : rowsInPlace(others, at, 1);
}

/** Rows of a fold's common space in the voxels of the subject whose transform it is. */
export function broughtBack(
  linalg: Linalg,
  { transform, commonSpace }: ReadTransform,
  rows: Matrix,
): BackProjected {
  const { back, map, ...offsets } = transform;
  return backProjected(linalg, { transform: { ...offsets, map: linearMap(map) }, back, commonSpace }, rows);
}

function linearMap(map: KeptTransform["map"]): LinearMap {
  if (map.kind !== "factored") return map;
  const { left, core, right, sharedSource: source, sharedTarget: target } = map;
  return { kind: "spanned", left: [left], core: [[core]], right: [right], shared: { source, target } };
}

/** The first array of a file, which has so many columns; a list of so many is one row. */
async function tableOf(path: string, width: number): Promise<Matrix> {
  const { arrays, refused } = await openArrays(path);
  const [array] = arrays;
  if (array === undefined) {
    throw new Fault("image/unreadable", { path, detail: refused[0]?.detail ?? "it holds no array" });
  }
  const { shape, firstFastest } = array;
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
  if (rows === undefined || columns !== width || shape.length > 2) {
    throw new Fault("transforms/other-width", { path, shape: shapeText(shape), columns: `${width}` });
  }
  const values: number[] = [];
  for await (const piece of valuesOf(array, 0, countOf(shape))) for (const value of piece) values.push(value);
  if (!values.every(Number.isFinite)) {
    throw new Fault("image/unreadable", { path, detail: "it holds values that are not finite numbers" });
  }
  return firstFastest ? transpose(matrixFrom(width, rows, values)) : matrixFrom(rows, width, values);
}
