import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { voxelPlaces } from "#app/prepare/voxel-places.ts";
import { columnWeights } from "#app/results/column-weights.ts";
import type { LastTransform } from "./last-transform.ts";

/**
 * A column of the common space, by its number from 0 or, where columns are voxels, by its voxel (linear on the grid) or the
 * place (mm) it is nearest to.
 */
export interface ColumnAsked {
  readonly folder: string;
  readonly subject: string;
  readonly fold: string | null;
  readonly column: number | readonly [x: number, y: number, z: number] | { readonly voxel: number };
}

/** A subject's voxels (linear on the grid), where they lie (V × 3 in mm, or null), and how much each feeds the column. */
export interface FeedingVoxels {
  readonly fold: string;
  readonly column: number;
  /** How many columns the space has. */
  readonly width: number;
  /** The grid voxel of the column; null of a component. */
  readonly columnVoxel: number | null;
  readonly voxels: Int32Array;
  readonly places: Float64Array | null;
  readonly weights: Float64Array;
}

/** @throws Fault results/incomplete, transforms/none, transforms/unknown */
export async function feedingVoxels(
  { folder, subject, fold, column }: ColumnAsked,
  transforms: LastTransform,
): Promise<FeedingVoxels> {
  const { grid, width, columns, transform, ...read } = await transforms.of(folder, { subject, fold });
  const at = placeOf(column, columns, grid);
  if (at === null || !Number.isInteger(at) || at < 0 || at >= width) {
    const known = `0 to ${width - 1}${columns === null ? ", components" : ""}`;
    throw new Fault("transforms/unknown", { name: `column ${wordsOf(column)}`, known });
  }
  const { voxels } = transform;
  return {
    fold: read.fold,
    column: at,
    width,
    columnVoxel: columns === null ? null : (columns[at] as number),
    voxels,
    places: voxelPlaces(grid, voxels),
    weights: columnWeights(transform, at),
  };
}

/**
 * The number of the column asked for; null where there is none such. Components have no voxels: where one is asked for it
 * is the first.
 */
function placeOf(asked: ColumnAsked["column"], columns: Int32Array | null, grid: Grid): number | null {
  if (typeof asked === "number") return asked;
  if (columns === null) return "voxel" in asked ? 0 : null;
  if (!("voxel" in asked)) return nearest(voxelPlaces(grid, columns), asked);
  const found = columns.indexOf(asked.voxel);
  return found < 0 ? null : found;
}

function wordsOf(asked: ColumnAsked["column"]): string {
  return typeof asked === "object" && "voxel" in asked ? `of voxel ${asked.voxel}` : String(asked);
}

/** The column whose place is nearest; null where columns have none. */
function nearest(places: Float64Array | null, [x, y, z]: readonly [number, number, number]): number | null {
  if (places === null) return null;
  let [found, least] = [0, Number.POSITIVE_INFINITY];
  for (let at = 0; at < places.length / 3; at++) {
    const far = Math.hypot(
      (places[3 * at] as number) - x,
      (places[3 * at + 1] as number) - y,
      (places[3 * at + 2] as number) - z,
    );
    if (far < least) [found, least] = [at, far];
  }
  return found;
}
