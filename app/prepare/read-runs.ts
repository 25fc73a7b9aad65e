import { availableParallelism } from "node:os";
import { type Cleaning, cleaningOf } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { type ReadRun, readRun } from "./run-voxels.ts";

/**
 * Reads the region's voxels of every file, smoothed where the cleaning asks, in their order: as many files at a time as there are cores, since unpacking
 * goes on in threads of its own. The first that fails stops the others, and none is under way any more when its error
 * is thrown. @throws Fault of an image; the signal's reason when aborted
 */
export async function readRuns(
  files: readonly RunFile[],
  indices: Int32Array,
  cleaning: Cleaning,
  progress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<ReadRun[]> {
  const read: ReadRun[] = [];
  const waiting = files.entries();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let done = 0;
  progress?.(done, files.length);
  const lane = async () => {
    for (const [at, file] of waiting) {
      either.throwIfAborted();
      read[at] = await readRun(file, indices, cleaningOf(file, cleaning).smoothingMm, either);
      progress?.(++done, files.length);
    }
  };
  const lanes = Array.from({ length: Math.min(files.length, availableParallelism()) }, lane);
  await Promise.all(lanes.map((one) => one.catch((error: unknown) => stop.abort(error))));
  stop.signal.throwIfAborted();
  return read;
}
