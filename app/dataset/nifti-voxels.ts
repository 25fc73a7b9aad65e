import { Fault } from "#app/contract/fault.ts";
import { fileChunks } from "./file-chunks.ts";
import { type NiftiHeader, readHeader, type StoredVolumes } from "./nifti-header.ts";
import { niftiFiles } from "./nifti-pair.ts";
import { VoxelGather } from "./voxel-gather.ts";

/**
 * Shows the chosen voxels of one volume after the other, in one array that is filled anew each time. No
 * volume is in memory, and nothing is unpacked past what the header promises but the chunk that ends it.
 * @param voxelIndices linear, i + nx*(j + ny*k), ascending
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function eachVolume(
  path: string,
  header: StoredVolumes,
  voxelIndices: Int32Array,
  visit: (values: Float32Array, row: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const gather = new VoxelGather(header, voxelIndices, (values, row) => {
    signal?.throwIfAborted();
    visit(values, row);
  });
  const { expected } = gather;
  for await (const chunk of fileChunks(niftiFiles(path).values, header.compressed, expected, signal)) {
    gather.take(chunk);
    // At the exact end it goes on: the next step checks the checksum of a packed file.
    if (gather.taken > expected) break;
  }
  if (gather.taken < expected) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(gather.taken) });
  }
}

/** The chosen voxels of every volume: T×V row-major. See eachVolume. */
export async function readVoxels(
  path: string,
  header: NiftiHeader,
  voxelIndices: Int32Array,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const out = new Float32Array(header.volumes * voxelIndices.length);
  const keep = (values: Float32Array, row: number) => out.set(values, row * values.length);
  await eachVolume(path, header, voxelIndices, keep, signal);
  return out;
}

/** The first volume of an image, for masks: nx*ny*nz values, x fastest. */
export async function readVolume(path: string): Promise<{ header: NiftiHeader; values: Float32Array }> {
  const header = await readHeader(path);
  const [nx, ny, nz] = header.dimensions;
  const all = Int32Array.from({ length: nx * ny * nz }, (_, i) => i);
  return { header, values: await readVoxels(path, { ...header, volumes: 1 }, all) };
}
