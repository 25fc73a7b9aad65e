import { type FileHandle, open } from "node:fs/promises";
import { Fault } from "#app/contract/fault.ts";
import { mostUnpackedBytes } from "../deflate-limit.ts";
import { fileBytes, inflatedBytes, sliceOf } from "./byte-sources.ts";
import { FileCursor, StreamCursor } from "./cursor.ts";
import { COMPRESSED, type FoundMatrix, MATRIX, Mat5Elements, type Tag } from "./mat5-matrix.ts";
import { type ArrayFile, mostArrays, type RefusedArray, type StoredArray } from "./stored-array.ts";

const headBytes = 128;
/** A bomb would take long to list, as what is in a cell is found by unpacking it. */
const largestUnpackedBytes = 16 * 2 ** 30;

export function isMat5(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 10)).toString("latin1") === "MATLAB 5.0";
}

/**
 * The arrays of a MATLAB level 5 file, as MATLAB writes with -v6 and -v7: numeric arrays, and those in cells.
 * @throws Fault image/unreadable, image/truncated, image/damaged
 */
export async function openMat5(path: string, head: Uint8Array, sizeBytes: number): Promise<ArrayFile> {
  const endian = Buffer.from(head.subarray(126, headBytes)).toString("latin1");
  if (endian !== "IM" && endian !== "MI") {
    throw new Fault("image/unreadable", { path, detail: "its MATLAB header is not whole" });
  }
  const file = await open(path, "r");
  try {
    return await listArrays(path, file, endian === "IM", sizeBytes);
  } finally {
    await file.close();
  }
}

async function listArrays(
  path: string,
  file: FileHandle,
  littleEndian: boolean,
  sizeBytes: number,
): Promise<ArrayFile> {
  const arrays: StoredArray[] = [];
  const refused: RefusedArray[] = [];
  const cursor = new FileCursor(file, path, headBytes);
  const elements = new Mat5Elements(path, cursor, littleEndian);
  while (cursor.at < sizeBytes) {
    if (arrays.length + refused.length > mostArrays) {
      throw new Fault("image/unreadable", { path, detail: `it holds more than ${mostArrays} arrays` });
    }
    const tag = await elements.tag(sizeBytes);
    const packed = tag.type === COMPRESSED;
    const found = packed
      ? await packedMatrices(path, tag, littleEndian)
      : tag.type === MATRIX && tag.size > 0
        ? await elements.matrices(tag)
        : [];
    for (const { name, shape, numbers, detail } of found) {
      // What has no name is MATLAB's own.
      if (name === "") continue;
      if (numbers === null) {
        refused.push({ name, detail });
        continue;
      }
      const { type, stored, at } = numbers;
      const bytes = packed
        ? (from: number, to: number) =>
            sliceOf(path, inflatedBytes(path, tag.at, tag.at + tag.size), at + from, at + to)
        : (from: number, to: number) => fileBytes(path, at + from, at + to);
      arrays.push({ name, shape, type, stored, littleEndian, firstFastest: true, bytes });
    }
    await cursor.goTo(tag.next);
  }
  if (arrays.length === 0) {
    const [first] = refused;
    const detail = first === undefined ? "it holds no arrays" : `of ${first.name}, ${first.detail}`;
    throw new Fault("image/unreadable", { path, detail });
  }
  return { arrays, refused };
}

/** What is in a packed element: as much of it is unpacked as its headers take. */
async function packedMatrices(path: string, packed: Tag, littleEndian: boolean): Promise<FoundMatrix[]> {
  const parts = inflatedBytes(path, packed.at, packed.at + packed.size);
  try {
    const elements = new Mat5Elements(path, new StreamCursor(parts, path), littleEndian);
    const most = Math.min(mostUnpackedBytes(packed.size), largestUnpackedBytes);
    const tag = await elements.tag(most);
    return tag.type === MATRIX ? await elements.matrices(tag) : [];
  } finally {
    await parts.return(undefined);
  }
}
