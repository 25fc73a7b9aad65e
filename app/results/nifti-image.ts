import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Grid } from "#app/contract/dataset.ts";
import { qformOf } from "./nifti-qform.ts";

const HEADER_BYTES = 352;
/** NIfTI-1 datatype codes and their sizes. */
const TYPES = { uint8: [2, 1], int16: [4, 2], float32: [16, 4] } as const;

export interface ImageShape {
  readonly grid: Grid;
  readonly volumes: number;
  readonly type: keyof typeof TYPES;
  /** Seconds; null for an image without time, or whose volumes are not said to follow in time. */
  readonly repetitionTimeSeconds: number | null;
}

/**
 * A gzipped NIfTI-1 image. Each volume has nx·ny·nz values, x fastest. The same values give the same bytes. What
 * `volume` throws comes through, and so does a RangeError for a volume of another size.
 * Specification: https://nifti.nimh.nih.gov/nifti-1
 */
export async function niftiImage(
  shape: ImageShape,
  volume: (at: number) => Uint8Array | Int16Array | Float32Array,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  // It alone waits for room, and ends all stages at the first error of any.
  await pipeline(pieces(shape, volume), createGzip({ level: 3 }), async (packed: AsyncIterable<Buffer>) => {
    for await (const part of packed) parts.push(part);
  });
  return Buffer.concat(parts);
}

function* pieces(shape: ImageShape, volume: Parameters<typeof niftiImage>[1]): Generator<Buffer> {
  yield header(shape);
  const [nx, ny, nz] = shape.grid.dimensions;
  const expected = nx * ny * nz * TYPES[shape.type][1];
  for (let at = 0; at < shape.volumes; at++) {
    const { buffer, byteOffset, byteLength } = volume(at);
    if (byteLength !== expected)
      throw new RangeError(`volume ${at} has ${byteLength} bytes, not ${expected}`);
    // A copy: the caller may fill the same array anew.
    yield Buffer.from(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

/** The code of a form that leads to MNI152 coordinates. */
const MNI = 4;

/**
 * The header and four bytes that say there is no extension. The affine is the sform; where its axes are perpendicular
 * the qform says the same, else there is none (code 0).
 */
function header({ grid, volumes, type, repetitionTimeSeconds }: ImageShape): Buffer {
  const out = Buffer.alloc(HEADER_BYTES);
  const [code, bytes] = TYPES[type];
  out.writeInt32LE(348, 0);
  const timed = repetitionTimeSeconds !== null;
  [timed || volumes > 1 ? 4 : 3, ...grid.dimensions, volumes, 1, 1, 1].forEach((extent, at) => {
    out.writeInt16LE(extent, 40 + 2 * at);
  });
  out.writeInt16LE(code, 70);
  out.writeInt16LE(8 * bytes, 72);
  const size = (column: number) => Math.hypot(...[0, 4, 8].map((row) => grid.affine[row + column] as number));
  const qform = qformOf(grid.affine);
  [qform?.handedness ?? 1, size(0), size(1), size(2), repetitionTimeSeconds ?? 1].forEach((extent, at) => {
    out.writeFloatLE(extent, 76 + 4 * at);
  });
  out.writeFloatLE(HEADER_BYTES, 108);
  out.writeFloatLE(1, 112);
  // Millimetres and seconds.
  out.writeUInt8(timed ? 10 : 2, 123);
  if (qform !== null) {
    out.writeInt16LE(MNI, 252);
    [...qform.quaternion, ...qform.offset].forEach((value, at) => {
      out.writeFloatLE(value, 256 + 4 * at);
    });
  }
  out.writeInt16LE(MNI, 254);
  grid.affine.slice(0, 12).forEach((value, at) => {
    out.writeFloatLE(value, 280 + 4 * at);
  });
  out.write("n+1\0", 344, "latin1");
  return out;
}
