import type { RunFile } from "#app/contract/dataset.ts";
import { formatOf } from "./formats.ts";
import { type GridVoxels, keepInside, keepListed, listOf } from "./mask-voxels.ts";

/** The voxels that every subject has. */
export interface BrainVoxels extends GridVoxels {
  /** Voxels that any subject has: in all its masks, and held by all its images. */
  readonly any: number;
  /** Of these, how many each subject lacks; only subjects that lack some. */
  readonly lacking: readonly { readonly subject: string; readonly voxels: number }[];
}

/**
 * The voxels on the grid of `files`, which share one, that lie in every brain mask and that every image holds. An image
 * without a mask counts as brain all over. @throws Fault of a mask that can't be read
 */
export async function brainVoxels(files: readonly [RunFile, ...RunFile[]]): Promise<BrainVoxels> {
  const { grid } = files[0];
  const size = grid.dimensions.reduce((product, extent) => product * extent, 1);
  const all = new Uint8Array(size).fill(1);
  const any = new Uint8Array(size);
  let [resampled, otherShape] = [false, false];
  const own: { subject: string; has: number }[] = [];
  for (const subject of new Set(files.map((file) => file.subject))) {
    const inside = new Uint8Array(size).fill(1);
    const ofSubject = files.filter((file) => file.subject === subject);
    for (const path of new Set(ofSubject.flatMap(({ maskPath }) => maskPath ?? []))) {
      const mask = await keepInside(inside, grid, path);
      resampled ||= mask.resampled;
      otherShape ||= mask.otherShape;
    }
    for (const file of ofSubject) {
      const held = await formatOf(file).voxels(file);
      if (held !== null) keepListed(inside, held);
    }
    let has = 0;
    for (const [voxel, flag] of inside.entries()) {
      if (flag === 0) all[voxel] = 0;
      else {
        any[voxel] = 1;
        has += 1;
      }
    }
    own.push({ subject, has });
  }
  const total = any.reduce((sum, flag) => sum + flag, 0);
  const lacking = own.flatMap(({ subject, has }) => (has < total ? [{ subject, voxels: total - has }] : []));
  return { indices: listOf(all), resampled, otherShape, any: total, lacking };
}
