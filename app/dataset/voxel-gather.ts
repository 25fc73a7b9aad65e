import { bytesPerValue, valueReader } from "./nifti-datatype.ts";
import type { StoredVolumes } from "./nifti-header.ts";

/**
 * Picks the chosen voxels out of an image's bytes as they come, whatever the chunks: nothing of the image is kept but the
 * values of one volume and, of a value cut in two by the end of a chunk, its first bytes.
 */
export class VoxelGather {
  readonly #header: StoredVolumes;
  /** Ascending. */
  readonly #voxels: Int32Array;
  readonly #visit: (values: Float32Array, row: number) => void;
  readonly #width: number;
  readonly #read: ReturnType<typeof valueReader>;
  readonly #volumeBytes: number;
  readonly #values: Float32Array;
  readonly #cut: DataView<ArrayBuffer>;
  /** Bytes of the image that were taken. */
  #taken = 0;
  #row = 0;
  #next = 0;

  constructor(header: StoredVolumes, voxels: Int32Array, visit: (values: Float32Array, row: number) => void) {
    this.#header = header;
    this.#voxels = voxels;
    this.#visit = visit;
    this.#width = bytesPerValue(header.datatype) ?? 0;
    this.#read = valueReader(header.datatype);
    const [nx, ny, nz] = header.dimensions;
    this.#volumeBytes = nx * ny * nz * this.#width;
    this.#values = new Float32Array(voxels.length);
    this.#cut = new DataView(new ArrayBuffer(this.#width));
  }

  /** Bytes of header and voxels. */
  get expected(): number {
    return this.#header.voxelOffset + this.#volumeBytes * this.#header.volumes;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes the bytes that follow those taken before, and shows each volume that is whole. */
  take(chunk: Uint8Array): void {
    const { littleEndian, slope, intercept, volumes } = this.#header;
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const start = this.#taken;
    const end = start + chunk.length;
    this.#taken = end;
    while (this.#row < volumes) {
      const volumeStart = this.#header.voxelOffset + this.#row * this.#volumeBytes;
      for (; this.#next < this.#voxels.length; this.#next++) {
        const at = volumeStart + (this.#voxels[this.#next] as number) * this.#width;
        if (at + this.#width > end) {
          this.#keepCut(chunk, at - start);
          return;
        }
        const stored =
          at >= start ? this.#read(view, at - start, littleEndian) : this.#joined(chunk, start - at);
        this.#values[this.#next] = stored * slope + intercept;
      }
      if (volumeStart + this.#volumeBytes > end) return;
      this.#visit(this.#values, this.#row++);
      this.#next = 0;
    }
  }

  /** Of the value at a place in the chunk (before its start: cut already) keeps the bytes that are there. */
  #keepCut(chunk: Uint8Array, at: number): void {
    for (let byte = Math.max(0, -at); byte < this.#width && at + byte < chunk.length; byte++)
      this.#cut.setUint8(byte, chunk[at + byte] as number);
  }

  /** The value of which so many bytes were kept. */
  #joined(chunk: Uint8Array, kept: number): number {
    for (let byte = kept; byte < this.#width; byte++) this.#cut.setUint8(byte, chunk[byte - kept] as number);
    return this.#read(this.#cut, 0, this.#header.littleEndian);
  }
}
