import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { bytesPerValue, valueReader } from "./nifti-datatype.ts";
import { type NiftiHeader, readHeader } from "./nifti-header.ts";

/**
 * The chosen voxels of every volume: T×V row-major. `voxelIndices` are linear, i + nx*(j + ny*k).
 * Streams: no more than one volume is in memory. Throws image/truncated, image/unreadable.
 */
export async function readVoxels(
  path: string,
  header: NiftiHeader,
  voxelIndices: Int32Array,
): Promise<Float32Array> {
  const width = bytesPerValue(header.datatype) ?? 0;
  const read = valueReader(header.datatype);
  const [nx, ny, nz] = header.grid.dimensions;
  const volumeBytes = nx * ny * nz * width;
  const volume = new Uint8Array(volumeBytes);
  const view = new DataView(volume.buffer);
  const columns = voxelIndices.length;
  const out = new Float32Array(header.volumes * columns);
  const { littleEndian, slope, intercept } = header;
  let toSkip = header.voxelOffset;
  let filled = 0;
  let row = 0;
  let found = 0;
  const truncated = (): Fault =>
    new Fault("image/truncated", {
      path,
      expected: String(header.voxelOffset + volumeBytes * header.volumes),
      found: String(found),
    });
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const gunzip = header.compressed ? createGunzip({ chunkSize: 1 << 18 }) : null;
  if (gunzip) file.on("error", (error) => gunzip.destroy(error));
  const stream: AsyncIterable<unknown> = gunzip ? file.pipe(gunzip) : file;
  try {
    for await (const part of stream) {
      const chunk = part as Buffer;
      found += chunk.length;
      let at = Math.min(toSkip, chunk.length);
      toSkip -= at;
      while (at < chunk.length && row < header.volumes) {
        const take = Math.min(volumeBytes - filled, chunk.length - at);
        volume.set(chunk.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled < volumeBytes) break;
        const base = row * columns;
        for (let v = 0; v < columns; v++) {
          out[base + v] = read(view, (voxelIndices[v] as number) * width, littleEndian) * slope + intercept;
        }
        filled = 0;
        row++;
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "Z_BUF_ERROR") throw truncated();
    throw new Fault("image/unreadable", {
      path,
      detail: error instanceof Error ? error.message : String(error),
    });
  } finally {
    file.destroy();
  }
  if (row < header.volumes) throw truncated();
  return out;
}

/** The first volume of an image, for masks and backgrounds: nx*ny*nz values, x fastest. */
export async function readVolume(path: string): Promise<{ header: NiftiHeader; values: Float32Array }> {
  const header = await readHeader(path);
  const [nx, ny, nz] = header.grid.dimensions;
  const all = Int32Array.from({ length: nx * ny * nz }, (_, i) => i);
  const values = await readVoxels(path, { ...header, volumes: 1 }, all);
  return { header, values };
}
