import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import * as nifti from "nifti-reader-js";
import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { bytesPerValue } from "./nifti-datatype.ts";

/** What the rest of the app needs of a NIfTI-1 or NIfTI-2 header. */
export interface NiftiHeader {
  readonly grid: Grid;
  /** Images along every axis after the third. */
  readonly volumes: number;
  /** Seconds; null where the header does not say. */
  readonly repetitionTimeSeconds: number | null;
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

const headerBytes = 544;
/** DEFLATE cannot shrink more than this. */
const largestRatio = 1032;

/** Reads a header, unpacking no more than needed. Throws image/unreadable and image/truncated. */
export async function readHeader(path: string): Promise<NiftiHeader> {
  const compressed = await isGzip(path);
  const bytes = await firstBytes(path, compressed);
  const sizeBytes = (await stat(path)).size;
  const header = parse(path, bytes);
  const dims = Array.from(header.dims);
  const rank = dims[0] ?? 0;
  const shape = dims.slice(1, rank + 1);
  if (rank < 1 || rank > 7 || shape.some((n) => !Number.isSafeInteger(n) || n < 1)) {
    throw unreadable(path, `its dimensions are ${shape.join(" × ") || "missing"}`);
  }
  const width = bytesPerValue(header.datatypeCode);
  if (width === null) throw unreadable(path, `its datatype ${header.datatypeCode} is not numeric`);
  const voxelOffset = Math.floor(header.vox_offset);
  const least = header instanceof nifti.NIFTI2 ? 540 : 348;
  if (!(voxelOffset >= least)) throw unreadable(path, `its voxels start at byte ${header.vox_offset}`);
  const [nx = 1, ny = 1, nz = 1, ...rest] = shape;
  const volumes = rest.reduce((a, b) => a * b, 1);
  const expected = voxelOffset + nx * ny * nz * volumes * width;
  if (!Number.isSafeInteger(expected)) throw unreadable(path, "its dimensions are too large");
  if (expected > sizeBytes * (compressed ? largestRatio : 1)) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(sizeBytes) });
  }
  const scaled = Number.isFinite(header.scl_slope) && header.scl_slope !== 0;
  return {
    grid: { dimensions: [nx, ny, nz], affine: affineOf(path, header) },
    volumes,
    repetitionTimeSeconds: repetitionTime(header),
    datatype: header.datatypeCode,
    slope: scaled ? header.scl_slope : 1,
    intercept: scaled && Number.isFinite(header.scl_inter) ? header.scl_inter : 0,
    littleEndian: header.littleEndian,
    voxelOffset,
    compressed,
    sizeBytes,
  };
}

function parse(path: string, bytes: Uint8Array): nifti.NIFTI1 | nifti.NIFTI2 {
  const copy = new Uint8Array(headerBytes);
  copy.set(bytes.subarray(0, headerBytes));
  const two = nifti.isNIFTI2(copy.buffer);
  // Extensions are not read: their bytes may lie about their own length.
  copy.fill(0, two ? 540 : 348);
  if (bytes.length < (two ? 540 : 348)) throw unreadable(path, "it is shorter than a NIfTI header");
  try {
    return nifti.readHeader(copy.buffer);
  } catch {
    throw unreadable(path, "it is not a NIfTI image");
  }
}

/** The sform where set, else what nifti-reader-js makes of the qform or the voxel sizes. */
function affineOf(path: string, header: nifti.NIFTI1 | nifti.NIFTI2): number[] {
  const useQform = header.qform_code > 0 && header.sform_code <= 0;
  const rows = useQform
    ? header.convertNiftiQFormToNiftiSForm(
        header.quatern_b,
        header.quatern_c,
        header.quatern_d,
        header.qoffset_x,
        header.qoffset_y,
        header.qoffset_z,
        header.pixDims[1] ?? 1,
        header.pixDims[2] ?? 1,
        header.pixDims[3] ?? 1,
        header.pixDims[0] ?? 1,
      )
    : header.affine;
  const affine = rows.flat().slice(0, 16);
  if (affine.length !== 16 || !affine.every(Number.isFinite)) throw unreadable(path, "its affine is broken");
  if (header.sform_code <= 0 && header.qform_code <= 0) {
    const [, x = 1, y = 1, z = 1] = header.pixDims;
    return [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
  }
  return affine;
}

function repetitionTime(header: nifti.NIFTI1 | nifti.NIFTI2): number | null {
  const value = header.pixDims[4] ?? 0;
  if (!Number.isFinite(value) || value <= 0) return null;
  const unit = header.xyzt_units & 0x38;
  return unit === 16 ? value / 1e3 : unit === 24 ? value / 1e6 : value;
}

async function isGzip(path: string): Promise<boolean> {
  const [a, b] = await collect(path, createReadStream(path, { end: 1 }), 2);
  return a === 0x1f && b === 0x8b;
}

async function firstBytes(path: string, compressed: boolean): Promise<Uint8Array> {
  const file = createReadStream(path, compressed ? {} : { end: headerBytes - 1 });
  if (!compressed) return collect(path, file, headerBytes);
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  try {
    return await collect(path, file.pipe(gunzip), headerBytes);
  } finally {
    file.destroy();
  }
}

async function collect(path: string, stream: AsyncIterable<unknown>, wanted: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of stream) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= wanted) break;
    }
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
  return Buffer.concat(parts);
}

function unreadable(path: string, detail: string): Fault {
  return new Fault("image/unreadable", { path, detail });
}
