import * as nifti from "nifti-reader-js";
import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { mostUnpackedBytes } from "./deflate-limit.ts";
import { affineOf, orientationRemark } from "./nifti-affine.ts";
import { firstBytes } from "./nifti-bytes.ts";
import { bytesPerValue } from "./nifti-datatype.ts";
import { niftiFiles } from "./nifti-pair.ts";

/** How volumes of real numbers lie in a NIfTI-1 or NIfTI-2 file. */
export interface StoredVolumes {
  /** x fastest. */
  readonly dimensions: readonly [nx: number, ny: number, nz: number];
  readonly volumes: number;
  readonly datatype: number;
  /** value = slope * stored + intercept */
  readonly slope: number;
  readonly intercept: number;
  readonly littleEndian: boolean;
  /** Bytes before the first voxel. */
  readonly voxelOffset: number;
  readonly compressed: boolean;
  readonly sizeBytes: number;
}

/** What the rest of the app needs of the header of an image in a volume. */
export interface NiftiHeader extends StoredVolumes {
  readonly grid: Grid;
  /** Seconds; null where the header does not say, or says what no scan takes. */
  readonly repetitionTimeSeconds: number | null;
  /** What a person should know of it: whole sentences. */
  readonly remarks: readonly string[];
}

export type RawHeader = nifti.NIFTI1 | nifti.NIFTI2;

type Shape = readonly [nx: number, ny: number, nz: number, volumes: number];

const headerBytes = 544;
/** One volume is held in memory: a whole head at 0.2 mm is smaller. */
const largestVolumeBytes = 2 ** 31;
/** Of a packed image, whose few bytes can promise very many; an image that is not packed is as large as its file. */
const largestUnpackedBytes = 64 * 2 ** 30;
/** No protocol's is longer: a header that says more means milliseconds, or nothing. */
export const longestRepetitionSeconds = 100;

/**
 * Reads a header, unpacking no more than needed, and refuses one that lies.
 * @throws Fault image/unreadable, image/damaged, image/truncated
 */
export async function readHeader(path: string): Promise<NiftiHeader> {
  const { header, stored } = await readStored(path, shapeOf);
  const { dimensions } = stored;
  const affine = affineOf(header, dimensions);
  if (affine === null) throw unreadable(path, "its affine can't be inverted");
  const time = repetitionTime(header);
  const [nx, ny, nz] = dimensions;
  return {
    ...stored,
    grid: { kind: "volume", dimensions: [nx, ny, nz], affine },
    repetitionTimeSeconds: time.seconds,
    remarks: [orientationRemark(header, dimensions), time.remark].filter((remark) => remark !== null),
  };
}

/**
 * Reads how the values lie, in the shape that `shape` takes from the header, and refuses a header that lies.
 * @throws Fault image/unreadable, image/damaged, image/truncated; what `shape` throws
 */
export async function readStored(
  path: string,
  shape: (path: string, header: RawHeader) => Shape,
): Promise<{ header: RawHeader; stored: StoredVolumes }> {
  const files = niftiFiles(path);
  const apart = files.header !== files.values;
  const first = await firstBytes(files.header, headerBytes);
  const { compressed, sizeBytes } = apart ? await firstBytes(files.values, 1) : first;
  const header = parse(path, first.bytes, apart);
  const [nx, ny, nz, volumes] = shape(path, header);
  const width = bytesPerValue(header.datatypeCode);
  if (width === null) throw unreadable(path, `its datatype ${header.datatypeCode} is not one real number`);
  if (header.numBitsPerVoxel !== 8 * width) {
    throw unreadable(path, `its datatype takes ${8 * width} bits and it says ${header.numBitsPerVoxel}`);
  }
  const voxelOffset = header.vox_offset;
  const least = apart ? 0 : header instanceof nifti.NIFTI2 ? 544 : 352;
  if (!Number.isInteger(voxelOffset) || voxelOffset < least) {
    throw unreadable(path, `its voxels start at byte ${voxelOffset}`);
  }
  const volumeBytes = nx * ny * nz * width;
  const expected = voxelOffset + volumeBytes * volumes;
  if (!Number.isSafeInteger(expected)) throw unreadable(path, "its dimensions are too large");
  if (expected > (compressed ? mostUnpackedBytes(sizeBytes) : sizeBytes)) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(sizeBytes) });
  }
  if (volumeBytes > largestVolumeBytes || (compressed && expected > largestUnpackedBytes)) {
    throw unreadable(path, `it would take ${Math.round(expected / 2 ** 30)} GiB unpacked`);
  }
  const scaled = Number.isFinite(header.scl_slope) && header.scl_slope !== 0;
  return {
    header,
    stored: {
      dimensions: [nx, ny, nz],
      volumes,
      datatype: header.datatypeCode,
      slope: scaled ? header.scl_slope : 1,
      intercept: scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0,
      littleEndian: header.littleEndian,
      voxelOffset,
      compressed,
      sizeBytes,
    },
  };
}

/** Whether the first bytes of a file are a NIfTI header's. */
export function isNifti(bytes: Uint8Array): boolean {
  const { buffer } = paddedHeader(bytes);
  return nifti.isNIFTI1(buffer) || nifti.isNIFTI2(buffer);
}

function paddedHeader(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(headerBytes);
  copy.set(bytes.subarray(0, headerBytes));
  return copy;
}

function parse(path: string, bytes: Uint8Array, apart: boolean): RawHeader {
  if (bytes.length === 0) throw unreadable(path, "it is empty");
  const copy = paddedHeader(bytes);
  const two = nifti.isNIFTI2(copy.buffer, apart);
  if (!two && !nifti.isNIFTI1(copy.buffer, apart)) throw unreadable(path, "it is not a NIfTI image");
  // Extensions are not read: their bytes may lie about their own length.
  copy.fill(0, two ? 540 : 348);
  if (bytes.length < (two ? 540 : 348)) throw unreadable(path, "it is shorter than a NIfTI header");
  try {
    return nifti.readHeader(copy.buffer, apart);
  } catch {
    throw unreadable(path, "it is not a NIfTI image");
  }
}

/** The first four axes; further ones are not time and must have one element. */
function shapeOf(path: string, header: RawHeader): Shape {
  const [rank = 0, ...axes] = Array.from(header.dims);
  const shape = axes.slice(0, rank);
  if (rank < 1 || rank > 7 || shape.some((n) => !Number.isSafeInteger(n) || n < 1)) {
    throw unreadable(path, `its dimensions are ${shape.join(" × ") || "missing"}`);
  }
  if (shape.slice(4).some((n) => n > 1)) {
    throw unreadable(path, `its dimensions are ${shape.join(" × ")}, and only a fourth one can be time`);
  }
  const [nx = 1, ny = 1, nz = 1, volumes = 1] = shape;
  return [nx, ny, nz, volumes];
}

export function repetitionTime(header: RawHeader): { seconds: number | null; remark: string | null } {
  const value = header.pixDims[4] ?? 0;
  if (!Number.isFinite(value) || value <= 0) return { seconds: null, remark: null };
  const unit = header.xyzt_units & 0x38;
  const seconds = unit === 16 ? value / 1e3 : unit === 24 ? value / 1e6 : value;
  if (seconds <= longestRepetitionSeconds) return { seconds, remark: null };
  const remark = `The header gives a repetition time of ${value} s, which can't be (milliseconds?). State RepetitionTime in the image's JSON file.`;
  return { seconds: null, remark };
}
