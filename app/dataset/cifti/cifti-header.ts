import * as nifti from "nifti-reader-js";
import { Fault } from "#app/contract/fault.ts";
import { firstBytes } from "#app/dataset/nifti-bytes.ts";
import { type RawHeader, readStored, type StoredVolumes } from "#app/dataset/nifti-header.ts";
import { unreadable } from "#app/dataset/unreadable.ts";

/** NIFTI_INTENT_CONNECTIVITY_DENSE_SERIES: grayordinates × time. */
const DENSE_SERIES = 3002;
const CIFTI_EXTENSION = 32;
const EXTENDER_AT = 540;
/** The brain models of the finest grayordinates in use take some megabytes. */
const LARGEST_HEADER_BYTES = 2 ** 26;

/** A dense series: how its values lie, and the XML that says what they are. */
export interface CiftiHeader {
  /** Of each grayordinate, one after the other, its whole series: dimensions are [T, 1, 1] and volumes V. */
  readonly stored: StoredVolumes;
  readonly xml: Uint8Array;
}

/** Whether the first bytes of a file are the NIfTI-2 header of a CIFTI-2 file, of whatever kind. */
export function isCifti(head: Uint8Array): boolean {
  if (head.length < EXTENDER_AT) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const littleEndian = view.getInt32(0, true) === EXTENDER_AT;
  const intent = view.getInt32(504, littleEndian);
  return view.getInt32(0, littleEndian) === EXTENDER_AT && intent >= 3000 && intent < 3100;
}

/**
 * Reads the header and the extension of a CIFTI-2 dense series (Glasser et al. 2013; CIFTI-2 specification, 2014).
 * @throws Fault image/unreadable, image/damaged, image/truncated
 */
export async function readCiftiHeader(path: string): Promise<CiftiHeader> {
  const { stored } = await readStored(path, seriesShape);
  if (stored.voxelOffset > LARGEST_HEADER_BYTES) {
    throw unreadable(path, `its header would take ${Math.round(stored.voxelOffset / 2 ** 20)} MiB`);
  }
  const { bytes } = await firstBytes(path, stored.voxelOffset);
  if (bytes.length < stored.voxelOffset) {
    const [expected, found] = [String(stored.voxelOffset), String(bytes.length)];
    throw new Fault("image/truncated", { path, expected, found });
  }
  return { stored, xml: extensionOf(path, bytes, stored.littleEndian) };
}

/** The series along a row (the fifth axis, fastest on disk), the grayordinates along a column (the sixth). */
function seriesShape(path: string, header: RawHeader): readonly [number, number, number, number] {
  if (!(header instanceof nifti.NIFTI2)) throw unreadable(path, "it is CIFTI-1; convert it to CIFTI-2");
  if (header.intent_code !== DENSE_SERIES) {
    throw unreadable(path, `it is no dense series (.dtseries.nii): its intent is ${header.intent_code}`);
  }
  const [rank, ...axes] = Array.from(header.dims);
  const [time = 0, grayordinates = 0] = axes.slice(4);
  const whole = [time, grayordinates].every((extent) => Number.isSafeInteger(extent) && extent > 0);
  if (rank !== 6 || !whole || axes.slice(0, 4).some((extent) => extent !== 1)) {
    throw unreadable(path, `its dimensions are ${axes.slice(0, 6).join(" × ")}`);
  }
  return [time, 1, 1, grayordinates];
}

/** The extension that holds the XML. Others may stand before it; each says its own length, to be believed with care. */
function extensionOf(path: string, bytes: Uint8Array, littleEndian: boolean): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = EXTENDER_AT + 4;
  const found: number[] = [];
  while (view.getUint8(EXTENDER_AT) !== 0 && at + 8 <= bytes.length) {
    const size = view.getInt32(at, littleEndian);
    const code = view.getInt32(at + 4, littleEndian);
    if (size < 16 || at + size > bytes.length)
      throw unreadable(path, "an extension of its header lies about its length");
    if (code === CIFTI_EXTENSION) return withoutZeros(bytes.subarray(at + 8, at + size));
    found.push(code);
    at += size;
  }
  const others = found.length === 0 ? "" : `, only of code ${found.join(", ")}`;
  throw unreadable(path, `it has no CIFTI extension (code ${CIFTI_EXTENSION})${others}`);
}

/** Extensions are filled up with zeros. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}
