import { open } from "node:fs/promises";
import { Fault } from "#app/contract/fault.ts";
import { fileBytes } from "./byte-sources.ts";
import { FileCursor } from "./cursor.ts";
import { type NumberTypeName, numberType } from "./number-type.ts";
import {
  type ArrayFile,
  checkClaim,
  mostArrays,
  type RefusedArray,
  type StoredArray,
} from "./stored-array.ts";

/** By the digit P of a record's type. */
const types: readonly NumberTypeName[] = ["float64", "float32", "int32", "int16", "uint16", "uint8"];
const headBytes = 20;
const longestName = 256;

/**
 * The arrays of a MATLAB level 4 file: records of 20 bytes (type MOPT, rows, columns, imaginary, length of the name),
 * the name and the values. Source: "MAT-File Format", MathWorks, chapter on level 4.
 * @throws Fault image/unreadable, image/truncated
 */
export async function openMat4(path: string, sizeBytes: number): Promise<ArrayFile> {
  const arrays: StoredArray[] = [];
  const refused: RefusedArray[] = [];
  const unreadable = (detail: string) => new Fault("image/unreadable", { path, detail });
  const file = await open(path, "r");
  try {
    const cursor = new FileCursor(file, path, 0);
    while (cursor.at < sizeBytes) {
      if (arrays.length + refused.length >= mostArrays)
        throw unreadable(`it holds more than ${mostArrays} arrays`);
      const head = await cursor.read(Math.min(headBytes, sizeBytes - cursor.at));
      if (head.length < headBytes) throw unreadable("it is not a MATLAB file");
      // The type is a small number: read in the wrong byte order it is a large one.
      const littleEndian = head.readUInt32LE(0) < 5000;
      const word = (at: number) => (littleEndian ? head.readUInt32LE(at) : head.readUInt32BE(at));
      const type = word(0);
      const [order, precision, kind] = [Math.floor(type / 1000), Math.floor(type / 10) % 10, type % 10];
      const typeName = types[precision];
      if (order !== (littleEndian ? 0 : 1) || Math.floor(type / 100) % 10 !== 0 || typeName === undefined) {
        throw unreadable("it is not a MATLAB file");
      }
      const nameLength = word(16);
      if (nameLength < 1 || nameLength > longestName) throw unreadable("it is not a MATLAB file");
      const name = (await cursor.read(nameLength)).toString("latin1").replace(/\0.*$/s, "");
      const shape = [word(4), word(8)];
      const stored = numberType(typeName);
      const complex = word(12) !== 0;
      const start = cursor.at;
      checkClaim(path, shape, stored.bytes * (complex ? 2 : 1), sizeBytes - start);
      const count = word(4) * word(8);
      await cursor.goTo(start + count * stored.bytes * (complex ? 2 : 1));
      if (complex || kind !== 0) {
        refused.push({ name, detail: complex ? "it holds complex numbers" : "it is text or sparse" });
        continue;
      }
      arrays.push({
        name,
        shape,
        type: stored.name,
        stored,
        littleEndian,
        firstFastest: true,
        bytes: (from, to) => fileBytes(path, start + from, start + to),
      });
    }
  } finally {
    await file.close();
  }
  if (arrays.length === 0) throw unreadable("it holds no array of numbers");
  return { arrays, refused };
}
