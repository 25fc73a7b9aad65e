import { Fault } from "#app/contract/fault.ts";
import { firstBytes } from "../nifti-bytes.ts";
import { openMat4 } from "./mat4-file.ts";
import { isMat5, openMat5 } from "./mat5-file.ts";
import { openMat73 } from "./mat73-file.ts";
import { openNpy } from "./npy-file.ts";
import { isNpy } from "./npy-header.ts";
import { openNpz } from "./npz-file.ts";
import type { ArrayFile } from "./stored-array.ts";

/** A MATLAB 7.3 file is HDF5 after a user block of this many bytes, which begins with the text of a MAT-file. */
const userBlockBytes = 512;
const hdf5Signature = "\x89HDF\r\n\x1a\n";

/** Whether a file is one of those that `openArrays` knows, by its name and first bytes. */
export function isArrayFile(fileName: string, head: Uint8Array): boolean {
  return isNpy(head) || isMat5(head) || isMat73(head) || /\.(npy|npz|mat)$/i.test(fileName);
}

/**
 * The arrays of a .npy, .npz or .mat file, known from headers: their values are read when asked for.
 * @throws Fault image/unreadable, image/truncated, image/damaged
 */
export async function openArrays(path: string): Promise<ArrayFile> {
  const { bytes, sizeBytes } = await firstBytes(path, userBlockBytes + hdf5Signature.length);
  if (isNpy(bytes)) return openNpy(path, sizeBytes);
  if (isMat73(bytes)) return openMat73(path);
  if (isMat5(bytes)) return openMat5(path, bytes, sizeBytes);
  if (/\.mat$/i.test(path)) return openMat4(path, sizeBytes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return openNpz(path);
  throw new Fault("image/unreadable", { path, detail: "it is neither NumPy's nor MATLAB's" });
}

function isMat73(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString("latin1");
  return text.startsWith("MATLAB 7.3") || text.startsWith(hdf5Signature, userBlockBytes);
}
