import { createGzip } from "node:zlib";
import type { Grid } from "#app/contract/dataset.ts";

const HEADER_BYTES = 352;
/** NIfTI-1 datatype codes and their sizes. */
const TYPES = { uint8: [2, 1], int16: [4, 2], float32: [16, 4] } as const;

export interface ImageShape {
  readonly grid: Grid;
  readonly volumes: number;
  readonly type: keyof typeof TYPES;
  /** Seconds; null for an image without time. */
  readonly repetitionTimeSeconds: number | null;
}

/**
 * A gzipped NIfTI-1 image. Each volume has nx·ny·nz values, x fastest. The same values give the same bytes.
 * Specification: https://nifti.nimh.nih.gov/nifti-1
 */
export async function niftiImage(
  shape: ImageShape,
  volume: (at: number) => Uint8Array | Int16Array | Float32Array,
): Promise<Buffer> {
  const gzip = createGzip({ level: 3 });
  const parts: Buffer[] = [];
  gzip.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    gzip.on("end", resolve);
    gzip.on("error", reject);
  });
  gzip.write(header(shape));
  for (let at = 0; at < shape.volumes; at++) {
    const { buffer, byteOffset, byteLength } = volume(at);
    const copy = Buffer.from(new Uint8Array(buffer, byteOffset, byteLength));
    if (!gzip.write(copy)) await new Promise((resolve) => gzip.once("drain", resolve));
  }
  gzip.end();
  await ended;
  return Buffer.concat(parts);
}

/** The header and four bytes that say there is no extension. sform and qform codes are 4 (MNI) and 0. */
function header({ grid, volumes, type, repetitionTimeSeconds }: ImageShape): Buffer {
  const out = Buffer.alloc(HEADER_BYTES);
  const [code, bytes] = TYPES[type];
  out.writeInt32LE(348, 0);
  const timed = repetitionTimeSeconds !== null;
  [timed ? 4 : 3, ...grid.dimensions, volumes, 1, 1, 1].forEach((extent, at) => {
    out.writeInt16LE(extent, 40 + 2 * at);
  });
  out.writeInt16LE(code, 70);
  out.writeInt16LE(8 * bytes, 72);
  const size = (column: number) => Math.hypot(...[0, 4, 8].map((row) => grid.affine[row + column] as number));
  [1, size(0), size(1), size(2), repetitionTimeSeconds ?? 1].forEach((extent, at) => {
    out.writeFloatLE(extent, 76 + 4 * at);
  });
  out.writeFloatLE(HEADER_BYTES, 108);
  out.writeFloatLE(1, 112);
  // Millimetres and seconds.
  out.writeUInt8(timed ? 10 : 2, 123);
  out.writeInt16LE(4, 254);
  grid.affine.slice(0, 12).forEach((value, at) => {
    out.writeFloatLE(value, 280 + 4 * at);
  });
  out.write("n+1\0", 344, "latin1");
  return out;
}
