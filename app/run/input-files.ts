import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { Dataset } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import { niftiFiles } from "#app/dataset/nifti-pair.ts";
import { chooseFiles } from "#app/prepare/chosen-files.ts";
import { confoundsFiles } from "#app/prepare/confounds.ts";
import { regionFiles } from "#app/prepare/region.ts";
import type { InputFile } from "#app/results/run-folder.ts";
import { modelFiles } from "./model-triangles.ts";
import { cortexFiles } from "./voxel-grid.ts";

/**
 * The files of a dataset that a Plan reads, each with its SHA-256: the images (both files of a pair), the masks or the atlas and its table
 * of its region, the cortex that it measures along, models of conditions and, where it samples events or cleans by confounds, their tables. In order of their paths.
 * @throws the signal's reason when aborted
 */
export async function inputFiles(dataset: Dataset, plan: Plan, signal?: AbortSignal): Promise<InputFile[]> {
  const { region, samples } = plan;
  const events = samples.align.kind === "events" || samples.classify.kind === "events";
  const { files } = chooseFiles(dataset, plan);
  const read = files.flatMap(({ path, companionPath, eventsPath }) => [
    ...Object.values(niftiFiles(path)),
    ...(companionPath === null ? [] : [companionPath]),
    ...(events && eventsPath !== null ? [eventsPath] : []),
  ]);
  for (const file of files) read.push(...(await confoundsFiles(file, plan.cleaning)));
  read.push(
    ...regionFiles(dataset, region, files),
    ...cortexFiles(dataset, plan),
    ...modelFiles(dataset, plan),
  );
  const found: InputFile[] = [];
  for (const path of [...new Set(read)].sort()) {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
    }
    found.push({ path: namedIn(dataset.folder, path), bytes, sha256: hash.digest("hex") });
  }
  return found;
}

/** Relative to the folder with forward slashes; of what lies elsewhere the whole path. */
export function namedIn(folder: string, path: string): string {
  const inside = relative(folder, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}
