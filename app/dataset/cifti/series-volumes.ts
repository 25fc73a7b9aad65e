import { eachVolume } from "#app/dataset/nifti-voxels.ts";
import type { CiftiHeader } from "./cifti-header.ts";

/** Held while a series is turned. */
const BLOCK_BYTES = 2 ** 28;

/**
 * Shows the chosen columns (ascending) of each of the first `volumes` volumes. On disk each column's whole series lies
 * together: the file is read once for each block of volumes that fits into memory.
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function eachSeriesVolume(
  path: string,
  { stored }: Pick<CiftiHeader, "stored">,
  volumes: number,
  columns: Int32Array,
  visit: (values: Float32Array, row: number) => void,
  signal?: AbortSignal,
  blockBytes = BLOCK_BYTES,
): Promise<void> {
  const width = columns.length;
  const block = Math.max(1, Math.min(volumes, Math.floor(blockBytes / 4 / Math.max(1, width))));
  const turned = new Float32Array(block * width);
  for (let from = 0; from < volumes; from += block) {
    const times = Int32Array.from({ length: Math.min(block, volumes - from) }, (_, t) => from + t);
    let at = 0;
    const take = (series: Float32Array, column: number) => {
      if (columns[at] !== column) return;
      for (let t = 0; t < series.length; t++) turned[t * width + at] = series[t] as number;
      at++;
    };
    await eachVolume(path, stored, times, take, signal);
    for (const [t, row] of times.entries()) {
      signal?.throwIfAborted();
      visit(turned.subarray(t * width, (t + 1) * width), row);
    }
  }
}
