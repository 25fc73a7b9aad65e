import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { type LabelNames, readAtlasTable } from "./atlas-table.ts";
import { nearestVoxels } from "./nearest-voxels.ts";
import { readHeader } from "./nifti-header.ts";
import { readVolume } from "./nifti-voxels.ts";

/** A label image on the grid of a dataset's images. */
export interface Atlas {
  /** The label of each voxel of the grid, 0 where it has none; the nearest voxel's where the image lay off it. */
  readonly values: Int32Array;
  /** The labels of the image itself, ascending, whether the grid has voxels of them or not. */
  readonly labels: readonly number[];
  readonly names: LabelNames;
  readonly resampled: boolean;
  readonly otherShape: boolean;
}

/** Volumes are read in single precision, which tells whole numbers apart up to here. */
const LARGEST_LABEL = 2 ** 24;
/** The finest atlas in use has some thousands; an image of grey values has more. */
const MOST_LABELS = 20_000;

/**
 * Reads a label image and its table, and takes it to `grid`.
 * @throws Fault image/… of an image that can't be read or holds no labels, region/table
 */
export async function readAtlas(path: string, tablePath: string | null, grid: Grid): Promise<Atlas> {
  const header = await readHeader(path);
  const refuse = (detail: string) => new Fault("image/unreadable", { path, detail });
  if (header.volumes > 1) {
    throw refuse(`it holds ${header.volumes} volumes, and an image of labels has one`);
  }
  const names = tablePath === null ? new Map<number, string>() : await readAtlasTable(tablePath);
  const { values } = await readVolume(path);
  const labels = new Set<number>();
  for (const value of values) {
    if (value === 0 || Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) throw refuse("its values are not whole numbers, as those of labels are");
    if (Math.abs(value) >= LARGEST_LABEL) throw refuse(`its labels are larger than ${LARGEST_LABEL}`);
    labels.add(value);
    if (labels.size > MOST_LABELS) throw refuse(`it holds more than ${MOST_LABELS} different values`);
  }
  const { at, resampled, otherShape } = nearestVoxels(grid, header.grid, path);
  // What is not a number becomes 0, no label.
  const nearest = at.map((voxel) => (voxel < 0 ? 0 : (values[voxel] as number)));
  return { values: nearest, labels: [...labels].sort((a, b) => a - b), names, resampled, otherShape };
}

/** What a label is called: by its table, else by its value. */
export function nameOfLabel(names: LabelNames, label: number): string {
  return names.get(label) ?? String(label);
}
