import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { unpackingFault } from "./nifti-bytes.ts";
import { type NiftiHeader, readHeader } from "./nifti-header.ts";
import { VoxelGather } from "./voxel-gather.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * Shows the chosen voxels of one volume after the other, in one array that is filled anew each time. No
 * volume is in memory, and nothing is unpacked past what the header promises but the chunk that ends it.
 * @param voxelIndices linear, i + nx*(j + ny*k), ascending
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function eachVolume(
  path: string,
  header: NiftiHeader,
  voxelIndices: Int32Array,
  visit: (values: Float32Array, row: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const gather = new VoxelGather(header, voxelIndices, (values, row) => {
    signal?.throwIfAborted();
    visit(values, row);
  });
  const { expected } = gather;
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gunzip = header.compressed ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
  if (gunzip) file.on("error", (error) => gunzip.destroy(error));
  const stream: AsyncIterable<unknown> = gunzip ? file.pipe(gunzip) : file;
  try {
    for await (const chunk of stream) {
      gather.take(chunk as Buffer);
      // At the exact end it goes on: the next step checks the checksum of a packed file.
      if (gather.taken > expected) break;
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unpackingFault(path, error, expected, gather.taken);
  } finally {
    file.destroy();
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
  const [nx, ny, nz] = header.grid.dimensions;
  const all = Int32Array.from({ length: nx * ny * nz }, (_, i) => i);
  return { header, values: await readVoxels(path, { ...header, volumes: 1 }, all) };
}
