import { rmSync } from "node:fs";
import { join } from "node:path";
import { hdf5Thread } from "#app/dataset/hdf5/hdf5-thread.ts";
import { hdf5Format } from "#app/dataset/hdf5-format.ts";
import { dataset, writePymvpa } from "#test/dataset/hdf5/write-pymvpa.ts";
import { noise } from "#test/linalg/noise.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const GRID = [61, 73, 61] as const;
const CLASSES = 7;

/** Opens a file of datasets as the published tutorial's is laid out, each time with a new thread. */
export async function openPymvpa(subjects: number, rows: number, voxels: number): Promise<() => unknown> {
  const folder = temporaryFolder("bench");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "pymvpa.hdf5");
  const indices = Int32Array.from({ length: voxels * 3 }, (_, at) => {
    const voxel = Math.floor(at / 3);
    return [voxel % 19, Math.floor(voxel / 19) % 17, Math.floor(voxel / (19 * 17))][at % 3] ?? 0;
  });
  const chunks = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / CLASSES));
  const times = Float64Array.from({ length: rows }, (_, row) => row * 2.5);
  await writePymvpa(path, {
    list: Array.from({ length: subjects }, (_, subject) =>
      dataset({
        samples: Float32Array.from(noise(rows, voxels, subject).data),
        shape: [rows, voxels],
        indices,
        grid: GRID,
        sa: {
          targets: Array.from({ length: rows }, (__, row) => `class ${row % CLASSES}`),
          chunks: { array: chunks, shape: [rows] },
          time_coords: { array: times, shape: [rows] },
          time_indices: { array: Int32Array.from(times.keys()), shape: [rows] },
        },
      }),
    ),
  });
  return async () => {
    await hdf5Thread.end();
    const images = await hdf5Format.describe(path, null);
    if (images.length !== subjects * Math.ceil(rows / CLASSES)) throw new Error("not all runs were found");
  };
}
