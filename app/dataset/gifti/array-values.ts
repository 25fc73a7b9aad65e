import { endianness } from "node:os";
import { promisify } from "node:util";
import { unzip } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { bytesPerValue, valueReader } from "#app/dataset/nifti-datatype.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { bytesOf, type DataArray, valuesOf } from "./data-array.ts";

const FLOAT32 = 16;
const unpack = promisify(unzip);

/** Takes the text of one data array piece by piece, and holds no more of it than its dimensions allow. */
export interface ArrayValues {
  take(text: string): void;
  /** All values, in the order of the file. @throws Fault image/unreadable, image/damaged */
  finish(): Promise<Float32Array>;
}

/** @throws Fault image/unreadable, from `take` too, where there are more or fewer values than the array says */
export function arrayValues(path: string, array: DataArray): ArrayValues {
  return array.encoding === "ASCII" ? digits(path, array) : base64(path, array);
}

function digits(path: string, array: DataArray): ArrayValues {
  const values = new Float32Array(valuesOf(array));
  let found = 0;
  /** The number that a piece breaks off in. */
  let rest = "";
  const put = (word: string) => {
    if (word === "") return;
    const value = numberOf(word);
    if (value === null) throw unreadable(path, `"${word.slice(0, 20)}" is no number`);
    if (found === values.length) throw tooMany(path);
    values[found++] = value;
  };
  return {
    take(text) {
      const words = (rest + text).split(/\s+/);
      rest = words.pop() ?? "";
      if (rest.length > 64) throw unreadable(path, "a data array holds what is no number");
      words.forEach(put);
    },
    async finish() {
      put(rest);
      if (found < values.length) throw tooFew(path, found, values.length, "values");
      return values;
    },
  };
}

/** As C's printf writes them. */
function numberOf(word: string): number | null {
  const value = Number(word);
  if (!Number.isNaN(value)) return value;
  const named = /^([+-]?)(nan|inf|infinity)$/i.exec(word);
  if (named === null) return null;
  return /nan/i.test(word) ? Number.NaN : named[1] === "-" ? -Infinity : Infinity;
}

function base64(path: string, array: DataArray): ArrayValues {
  const expected = bytesOf(array);
  const packed = array.encoding === "GZipBase64Binary";
  // DEFLATE stores what it can't shrink with few bytes more.
  const most = packed ? expected + (expected >> 8) + 1024 : expected;
  const parts: Buffer[] = [];
  let length = 0;
  let rest = "";
  return {
    take(text) {
      const letters = rest + text.replace(/\s+/g, "");
      const whole = letters.length - (letters.length % 4);
      rest = letters.slice(whole);
      if (whole === 0) return;
      const part = Buffer.from(letters.slice(0, whole), "base64");
      const padding = letters.endsWith("==", whole) ? 2 : letters.endsWith("=", whole) ? 1 : 0;
      // What is no base64 is left out by the decoder, and what follows its end too.
      if (part.length !== (whole / 4) * 3 - padding) throw unreadable(path, "a data array is no base64");
      length += part.length;
      if (length > most) throw tooMany(path);
      parts.push(part);
    },
    async finish() {
      if (rest !== "") throw unreadable(path, "the base64 of a data array is cut off");
      const stored = Buffer.concat(parts, length);
      parts.length = 0;
      const bytes = packed ? await unpacked(path, stored, expected) : stored;
      if (bytes.length < expected) throw tooFew(path, bytes.length, expected, "bytes");
      return floats(bytes, array);
    },
  };
}

/** zlib's format and gzip's: writers use both under the one name. */
async function unpacked(path: string, stored: Buffer, expected: number): Promise<Buffer> {
  try {
    return await unpack(stored, { maxOutputLength: expected });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooMany(path);
    if (code === "Z_BUF_ERROR") throw unreadable(path, "the packed values of a data array are cut off");
    throw new Fault("image/damaged", { path });
  }
}

function floats(bytes: Buffer, { datatype, littleEndian }: DataArray): Float32Array {
  const own = littleEndian === (endianness() === "LE");
  if (datatype === FLOAT32 && own && bytes.byteOffset % 4 === 0) {
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }
  const width = bytesPerValue(datatype) ?? 1;
  const read = valueReader(datatype);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: bytes.length / width }, (_, at) => read(view, at * width, littleEndian));
}

function tooMany(path: string): Fault {
  return unreadable(path, "a data array holds more than its dimensions say");
}

function tooFew(path: string, found: number, expected: number, unit: string): Fault {
  return unreadable(path, `a data array holds ${found} ${unit} where its dimensions say ${expected}`);
}
