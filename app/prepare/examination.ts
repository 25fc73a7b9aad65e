import { columnNoun } from "#app/contract/column-noun.ts";
import type { BrokenImage, Dataset, Examination, Problem, RunFile } from "#app/contract/dataset.ts";
import { faultOf, tellBroken } from "#app/dataset/broken-images.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { FileExamination } from "./examine-file.ts";
import { examineTask } from "./prepare-tasks.ts";

/**
 * Reads every image of a dataset once, within its brain mask: a task an image. One that turns out broken is a problem of
 * its own. @throws Fault of the first image where none can be read
 */
export function* examineDataset({ files: images }: Dataset): Staged<Examination> {
  const told = (yield images.map(examineTask)) as readonly (FileExamination | BrokenImage)[];
  const files: FileExamination[] = [];
  const broken: BrokenImage[] = [];
  const problems: Problem[] = [];
  for (const [at, found] of told.entries()) {
    if ("code" in found) broken.push(found);
    else {
      files.push(found);
      problems.push(...problemsOf(found, images[at] as RunFile));
    }
  }
  if (files.length === 0 && broken[0] !== undefined) throw faultOf(broken[0]);
  return { files, problems: [...broken.map((image) => tellBroken(image, files)), ...problems] };
}

function problemsOf(found: FileExamination, { volumes, grid }: RunFile): Problem[] {
  const { subject, run, voxels, nonFinite, constant, goodRows } = found;
  const at = { subject, run };
  const noun = grid.kind === "volume" ? "brain voxels" : columnNoun(grid).many;
  const counted = (some: number) => `${some} of ${voxels} ${noun}`;
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
    const text = `${counted(nonFinite)} hold values that are not numbers. They will be dropped in every subject.`;
    problems.push({ severity: nonFinite > voxels / 2 ? "error" : "warning", ...at, text });
  }
  if (constant > 0) {
    const much = constant > voxels / 20;
    const text = `${counted(constant)} never change. They carry no signal and will be dropped in every subject.`;
    problems.push({ severity: much ? "warning" : "note", ...at, text });
  }
  return problems;
}
