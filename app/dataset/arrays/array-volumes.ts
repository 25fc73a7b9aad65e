import type { AxesPart } from "./array-axes.ts";
import { eachRun, isRowByRow, type VisitRun } from "./array-runs.ts";
import type { StoredArray } from "./stored-array.ts";

/** Where volumes are not stored one after the other, as many are gathered at once as fit here. */
const blockBytes = 2 ** 29;

/**
 * Shows the chosen voxels (ascending, counted through the arrays one after the other) of one volume after the other,
 * in one array that is filled anew each time. Volumes that lie one after the other are read one by one; of others a
 * block is gathered in one go through the arrays.
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function eachArrayVolume(
  arrays: readonly StoredArray[],
  place: Pick<AxesPart, "axes" | "subject">,
  volumes: number,
  voxels: Int32Array,
  visit: (values: Float32Array, row: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const extents = arrays.map(({ shape }) => shape[place.axes.indexOf("voxels")] ?? 0);
  // No longer than what was asked for: a header may claim any number of voxels.
  const slots = new Int32Array((voxels.at(-1) ?? -1) + 1).fill(-1);
  for (const [slot, voxel] of voxels.entries()) slots[voxel] = slot;
  const values = new Float32Array(voxels.length);
  const [only] = arrays;
  if (only !== undefined && arrays.length === 1 && isRowByRow(only, place)) {
    const put = putter(slots, values, voxels.length, 0, volumes);
    let shown = 0;
    const showBefore: VisitRun = (run, from, length, along, voxel, row) => {
      while (shown < row) visit(values, shown++);
      put(run, from, length, along, voxel, 0);
    };
    await eachRun(only, place, showBefore, signal);
    visit(values, shown);
    return;
  }
  const rows = Math.max(1, Math.min(volumes, Math.floor(blockBytes / 4 / Math.max(1, voxels.length))));
  const block = new Float32Array(rows * voxels.length);
  for (let first = 0; first < volumes; first += rows) {
    let before = 0;
    for (const [i, array] of arrays.entries()) {
      const put = putter(slots.subarray(before), block, voxels.length, first, rows);
      await eachRun(array, place, put, signal);
      before += extents[i] ?? 0;
    }
    for (let row = first; row < Math.min(first + rows, volumes); row++) {
      signal?.throwIfAborted();
      const start = (row - first) * voxels.length;
      values.set(block.subarray(start, start + voxels.length));
      visit(values, row);
    }
  }
}

/** Puts values into rows × `width`, of which the first is row `first` of the image. */
function putter(slots: Int32Array, into: Float32Array, width: number, first: number, rows: number): VisitRun {
  return (values, from, length, along, voxel, row) => {
    if (along === "voxels") {
      if (row < first || row >= first + rows) return;
      const start = (row - first) * width;
      for (let i = 0; i < length; i++) {
        const slot = slots[voxel + i] as number;
        if (slot >= 0) into[start + slot] = values[from + i] as number;
      }
      return;
    }
    const slot = slots[voxel] as number;
    if (!(slot >= 0)) return;
    const last = Math.min(length, first + rows - row);
    for (let i = Math.max(0, first - row); i < last; i++) {
      into[(row + i - first) * width + slot] = values[from + i] as number;
    }
  };
}
