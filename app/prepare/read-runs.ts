import { type Cleaning, cleaningOf } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import type { Staged } from "#app/linalg/task.ts";
import { readTask } from "./prepare-tasks.ts";
import type { ReadRun } from "./read-run.ts";

/** Reads the region's voxels of every file, smoothed where the cleaning asks, in their order: a task a file. */
export function* readRuns(
  files: readonly RunFile[],
  indices: Int32Array,
  cleaning: Cleaning,
): Staged<readonly ReadRun[]> {
  const tasks = files.map((file) =>
    readTask({ file, indices, smoothingMm: cleaningOf(file, cleaning).smoothingMm }),
  );
  return (yield tasks) as readonly ReadRun[];
}
