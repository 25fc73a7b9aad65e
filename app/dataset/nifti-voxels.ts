import { Fault } from "#app/contract/fault.ts";
import { fileChunks } from "./file-chunks.ts";
import { bytesPerValue, valueReader } from "./nifti-datatype.ts";
import { type NiftiHeader, readHeader, type StoredVolumes } from "./nifti-header.ts";

/**
 * Shows the chosen voxels of one volume after the other, in one array that is filled anew each time. No more than
 * one volume is in memory, and nothing is unpacked past what the header promises but the chunk that ends it.
 * @param voxelIndices linear, i + nx*(j + ny*k)
 * @throws Fault image/truncated, image/damaged, image/unreadable; the signal's reason when aborted
 */
export async function eachVolume(
  path: string,
  header: StoredVolumes,
  voxelIndices: Int32Array,
  visit: (values: Float32Array, row: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const width = bytesPerValue(header.datatype) ?? 0;
  const read = valueReader(header.datatype);
  const [nx, ny, nz] = header.dimensions;
  const volumeBytes = nx * ny * nz * width;
  const volume = new Uint8Array(volumeBytes);
  const view = new DataView(volume.buffer);
  const values = new Float32Array(voxelIndices.length);
  const { littleEndian, slope, intercept } = header;
  const expected = header.voxelOffset + volumeBytes * header.volumes;
  let toSkip = header.voxelOffset;
  let filled = 0;
  let row = 0;
  let found = 0;
  for await (const chunk of fileChunks(path, header.compressed, expected, signal)) {
    found += chunk.length;
    let at = Math.min(toSkip, chunk.length);
    toSkip -= at;
    while (at < chunk.length && row < header.volumes) {
      const take = Math.min(volumeBytes - filled, chunk.length - at);
      volume.set(chunk.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled < volumeBytes) break;
      signal?.throwIfAborted();
      for (let v = 0; v < values.length; v++) {
        values[v] = read(view, (voxelIndices[v] as number) * width, littleEndian) * slope + intercept;
      }
      visit(values, row++);
      filled = 0;
    }
    // At the exact end it goes on: the next step checks the checksum of a packed file.
    if (found > expected) break;
  }
  if (row < header.volumes) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(found) });
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
