import type { RunFile } from "#app/contract/dataset.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { type VoxelFlaws, VoxelStatistics } from "#app/dataset/voxel-statistics.ts";
import { smoother } from "./smooth.ts";

export interface ReadInput {
  readonly file: RunFile;
  /** The voxels of a region, on the image's grid, ascending. */
  readonly indices: Int32Array;
  /** Full width at half maximum, in mm; null for no smoothing. */
  readonly smoothingMm: number | null;
}

/** What was read of one image. */
export interface ReadRun {
  /**
   * All volumes × voxels of the region, in memory that threads share. Where they are smoothed they are less the first
   * volume, as z-scoring takes any constant, and float32 would round a large one at the cost of the changes.
   */
  readonly values: Float32Array;
  /** Of the values before they were smoothed. */
  readonly flaws: VoxelFlaws;
}

/**
 * Reads one image's voxels of a region and what is wrong with them. Where it is to be smoothed, the voxels around the
 * region are read too. @throws Fault of the image, plan/invalid; the signal's reason when aborted
 */
export async function readRun(
  { file, indices, smoothingMm }: ReadInput,
  signal?: AbortSignal,
): Promise<ReadRun> {
  const format = formatOf(file);
  const statistics = new VoxelStatistics(indices.length);
  const bytes = file.volumes * indices.length * Float32Array.BYTES_PER_ELEMENT;
  const values = new Float32Array(new SharedArrayBuffer(bytes));
  if (smoothingMm === null) {
    const take = (volume: Float32Array, row: number) => {
      statistics.look(volume);
      values.set(volume, row * volume.length);
    };
    await format.eachVolume(file, indices, take, signal);
  } else {
    const { voxels, wanted, smooth } = smoother(file.grid, smoothingMm, indices, await format.voxels(file));
    const before = new Float32Array(indices.length);
    const first = new Float64Array(indices.length);
    const take = (volume: Float32Array, row: number) => {
      for (let v = 0; v < before.length; v++) before[v] = volume[wanted[v] as number] as number;
      statistics.look(before);
      const smoothed = smooth(volume);
      if (row === 0) first.set(smoothed);
      const start = row * before.length;
      for (let v = 0; v < before.length; v++) {
        values[start + v] = (smoothed[v] as number) - (first[v] as number);
      }
    };
    await format.eachVolume(file, voxels, take, signal);
  }
  return { values, flaws: statistics.flaws };
}
