import { Fault } from "#app/contract/fault.ts";
import { listZip, type ZipMember, zipBytes } from "../zip-file.ts";
import { sliceOf } from "./byte-sources.ts";
import { npyHeadBytes, parseNpyHeader } from "./npy-header.ts";
import { type ArrayFile, checkClaim, type RefusedArray, type StoredArray } from "./stored-array.ts";

/** The arrays of a .npz file: a zip of .npy files. What is not of numbers is refused by name, the others can be read. */
export async function openNpz(path: string): Promise<ArrayFile> {
  const arrays: StoredArray[] = [];
  const refused: RefusedArray[] = [];
  for (const member of await listZip(path)) {
    if (!member.name.endsWith(".npy")) continue;
    const found = await describeMember(path, member);
    if ("stored" in found) arrays.push(found);
    else refused.push(found);
  }
  if (arrays.length === 0) {
    const [first] = refused;
    const detail = first === undefined ? "it holds no arrays" : `of ${first.name}, ${first.detail}`;
    throw new Fault("image/unreadable", { path, detail });
  }
  return { arrays, refused };
}

async function describeMember(path: string, member: ZipMember): Promise<StoredArray | RefusedArray> {
  const name = member.name.slice(0, -".npy".length);
  const head: Buffer[] = [];
  const wanted = Math.min(npyHeadBytes, member.sizeBytes);
  for await (const part of sliceOf(path, zipBytes(path, member.name), 0, wanted)) head.push(part);
  const { stored, detail, bytes, ...told } = parseNpyHeader(path, Buffer.concat(head));
  if (stored === null) return { name, detail };
  checkClaim(path, told.shape, stored.bytes, member.sizeBytes - bytes);
  return {
    ...told,
    name,
    type: stored.name,
    stored,
    bytes: (from, to) => sliceOf(path, zipBytes(path, member.name), bytes + from, bytes + to),
  };
}
