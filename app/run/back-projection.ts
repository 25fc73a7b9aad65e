import { type BackProjected, backProjected } from "#app/align/back-projection.ts";
import type { LinearMap } from "#app/align/transform.ts";
import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { openArrays } from "#app/dataset/arrays/array-file.ts";
import { valuesOf } from "#app/dataset/arrays/array-runs.ts";
import { countOf, shapeText } from "#app/dataset/arrays/stored-array.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, transpose } from "#app/linalg/matrix.ts";
import type { KeptTransform } from "#app/results/transform-files.ts";
import type { LastTransform } from "./last-transform.ts";

/** Samples of the common space of a run that kept its transforms, to be seen in a subject's own voxels. */
export interface BackProjectionAsked {
  readonly folder: string;
  readonly subject: string;
  readonly fold: string | null;
  /** A file with an array of rows × columns of the common space; null for the common space itself. */
  readonly samples: string | null;
  readonly ridge: number;
}

/** Those samples, rows × voxels; voxels are linear on the grid. */
export interface BackProjection extends BackProjected {
  readonly fold: string;
  readonly grid: Grid;
  readonly voxels: Int32Array;
}

/** @throws Fault results/incomplete, transforms/none, transforms/unknown, transforms/other-width, image/… */
export async function backProjection(
  { folder, subject, fold, samples, ridge }: BackProjectionAsked,
  transforms: LastTransform,
  linalg: Linalg,
): Promise<BackProjection> {
  const { width, commonSpace, transform, grid, ...read } = await transforms.of(folder, { subject, fold });
  const common = samples === null ? commonSpace : await tableOf(samples, width);
  const found = backProjected(linalg, { ...transform, map: linearMap(transform.map) }, common, ridge);
  return { ...found, fold: read.fold, grid, voxels: transform.voxels };
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
