import type { BrokenImage, Dataset, Examination, Problem, RunFile } from "#app/contract/dataset.ts";
import { faultOf, keepFault, tellBroken } from "./broken-images.ts";
import { formatOf } from "./formats.ts";
import { voxelsInside } from "./mask-voxels.ts";
import { countFlags, VoxelStatistics } from "./voxel-statistics.ts";

type FileExamination = Examination["files"][number];

/**
 * Reads every image of a dataset once, within its brain mask, one volume in memory at a time. `onProgress` counts
 * images. One that turns out broken is a problem of its own. @throws Fault of the first image where none can be
 * read; the signal's reason when aborted
 */
export async function examineDataset(
  dataset: Dataset,
  onProgress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Examination> {
  const files: FileExamination[] = [];
  const broken: BrokenImage[] = [];
  const problems: Problem[] = [];
  for (const [done, file] of dataset.files.entries()) {
    onProgress?.(done, dataset.files.length);
    try {
      const found = await examineFile(file, signal);
      files.push(found);
      problems.push(...problemsOf(found, file.volumes));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      broken.push(keepFault(file.subject, file.run, error));
    }
  }
  onProgress?.(dataset.files.length, dataset.files.length);
  if (files.length === 0 && broken[0] !== undefined) throw faultOf(broken[0]);
  return { files, problems: [...broken.map((image) => tellBroken(image, files)), ...problems] };
}

async function examineFile(file: RunFile, signal: AbortSignal | undefined): Promise<FileExamination> {
  signal?.throwIfAborted();
  const format = formatOf(file);
  const { indices } = await voxelsInside(file.grid, file.maskPath === null ? [] : [file.maskPath], [
    await format.voxels(file),
  ]);
  const statistics = new VoxelStatistics(indices.length);
  await format.eachVolume(file, indices, (values) => statistics.look(values), signal);
  const { goodRows } = statistics;
  return {
    subject: file.subject,
    run: file.run,
    voxels: indices.length,
    nonFinite: countFlags(statistics.nonFinite(goodRows)),
    constant: countFlags(statistics.constant(goodRows)),
    goodRows,
  };
}

function problemsOf(found: FileExamination, volumes: number): Problem[] {
  const { subject, run, voxels, nonFinite, constant, goodRows } = found;
  const at = { subject, run };
  const problems: Problem[] = [];
  if (voxels === 0) {
    const text = "The brain mask covers no voxel of the image. Nothing of it can be used.";
    problems.push({ severity: "error", ...at, text, repair: "leave-out-subject" });
  }
  if (goodRows < volumes) {
    const text = `Volumes ${goodRows + 1} to ${volumes} repeat one volume. They hold no signal, and aligning on them would pull this subject's voxels together.`;
    problems.push({ severity: "error", ...at, text, repair: "trim-to-common-rows" });
  }
  if (nonFinite > 0) {
    const text = `${counted(nonFinite, voxels)} hold values that are not numbers. They will be dropped in every subject.`;
    problems.push({ severity: nonFinite > voxels / 2 ? "error" : "warning", ...at, text });
  }
  if (constant > 0) {
    const much = constant > voxels / 20;
    const text = `${counted(constant, voxels)} never change. They carry no signal and will be dropped in every subject.`;
    problems.push({ severity: much ? "warning" : "note", ...at, text });
  }
  return problems;
}

function counted(some: number, all: number): string {
  return `${some} of ${all} brain voxels`;
}
