import { Fault } from "#app/contract/fault.ts";
import { firstBytes } from "../nifti-bytes.ts";
import { fileBytes } from "./byte-sources.ts";
import { npyHeadBytes, parseNpyHeader } from "./npy-header.ts";
import { type ArrayFile, checkClaim } from "./stored-array.ts";

/** The array of a .npy file. @throws Fault image/unreadable where it is not of numbers, image/truncated */
export async function openNpy(path: string, sizeBytes: number): Promise<ArrayFile> {
  const { bytes: head } = await firstBytes(path, npyHeadBytes);
  const { stored, detail, bytes, ...told } = parseNpyHeader(path, Buffer.from(head));
  if (stored === null) throw new Fault("image/unreadable", { path, detail });
  checkClaim(path, told.shape, stored.bytes, sizeBytes - bytes);
  const array = {
    ...told,
    name: "",
    type: stored.name,
    stored,
    bytes: (from: number, to: number) => fileBytes(path, bytes + from, bytes + to),
  };
  return { arrays: [array], refused: [] };
}
