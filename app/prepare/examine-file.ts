import type { BrokenImage, Examination, RunFile } from "#app/contract/dataset.ts";
import { keepFault } from "#app/dataset/broken-images.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import {
  constantVoxels,
  countFlags,
  nonFiniteVoxels,
  VoxelStatistics,
} from "#app/dataset/voxel-statistics.ts";

export type FileExamination = Examination["files"][number];

/**
 * Reads an image once, within its brain mask, one volume in memory at a time: what is wrong with its voxels, or with
 * itself. @throws the signal's reason when aborted
 */
export async function examineFile(
  file: RunFile,
  signal?: AbortSignal,
): Promise<FileExamination | BrokenImage> {
  try {
    return await examine(file, signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    return keepFault(file.subject, file.run, error);
  }
}

async function examine(file: RunFile, signal: AbortSignal | undefined): Promise<FileExamination> {
  signal?.throwIfAborted();
  const format = formatOf(file);
  const { indices } = await voxelsInside(file.grid, file.maskPath === null ? [] : [file.maskPath], [
    await format.voxels(file),
  ]);
  const statistics = new VoxelStatistics(indices.length);
  await format.eachVolume(file, indices, (values) => statistics.look(values), signal);
  const { flaws } = statistics;
  return {
    subject: file.subject,
    run: file.run,
    voxels: indices.length,
    nonFinite: countFlags(nonFiniteVoxels(flaws, flaws.goodRows)),
    constant: countFlags(constantVoxels(flaws, flaws.goodRows)),
    goodRows: flaws.goodRows,
  };
}
