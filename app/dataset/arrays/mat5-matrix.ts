import { Fault } from "#app/contract/fault.ts";
import type { Cursor } from "./cursor.ts";
import { type NumberType, type NumberTypeName, numberType } from "./number-type.ts";
import { countOf, mostArrays, shapeText } from "./stored-array.ts";

/** An array found in a level 5 file, or why it is none of plain numbers. `at`: of its first value, from the cursor's 0. */
export interface FoundMatrix {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: { readonly type: string; readonly stored: NumberType; readonly at: number } | null;
  readonly detail: string;
}

export interface Tag {
  readonly type: number;
  readonly size: number;
  /** Of the data and of the next element, from the cursor's 0. */
  readonly at: number;
  readonly next: number;
  /** Up to four bytes of data, which lie in the tag itself. */
  readonly inside: Buffer | null;
}

export const MATRIX = 14;
export const COMPRESSED = 15;

/** By the type of a data element: how numbers are stored. */
const storedTypes = new Map<number, NumberTypeName>([
  [1, "int8"],
  [2, "uint8"],
  [3, "int16"],
  [4, "uint16"],
  [5, "int32"],
  [6, "uint32"],
  [7, "float32"],
  [9, "float64"],
  [12, "int64"],
  [13, "uint64"],
]);

/** By the class of an array: what its numbers are. */
const classes = new Map<number, NumberTypeName>([
  [6, "float64"],
  [7, "float32"],
  [8, "int8"],
  [9, "uint8"],
  [10, "int16"],
  [11, "uint16"],
  [12, "int32"],
  [13, "uint32"],
  [14, "int64"],
  [15, "uint64"],
]);
const others = new Map([
  [2, "it is a struct"],
  [4, "it holds text"],
  [5, "it is sparse"],
]);
const CELL = 1;
const COMPLEX = 0x800;

/** MATLAB's names have 63 characters at most. */
const longestName = 4096;
const mostAxes = 32;

/**
 * Reads the elements of a MAT-file of level 5 from `cursor`, headers only. Source: "MAT-File Format", MathWorks,
 * chapter on level 5.
 */
export class Mat5Elements {
  readonly #path: string;
  readonly #cursor: Cursor;
  readonly #littleEndian: boolean;

  constructor(path: string, cursor: Cursor, littleEndian: boolean) {
    this.#path = path;
    this.#cursor = cursor;
    this.#littleEndian = littleEndian;
  }

  /** The tag of the element at the cursor, which must end by `end`. */
  async tag(end: number): Promise<Tag> {
    const start = this.#cursor.at;
    if (start + 8 > end) throw this.#truncated(start + 8, end);
    const head = await this.#cursor.read(8);
    const [first, second] = [this.#word(head, 0), this.#word(head, 4)];
    const small = first >>> 16;
    if (small > 4) throw this.#unreadable();
    const tag: Tag =
      small > 0
        ? {
            type: first & 0xffff,
            size: small,
            at: start + 4,
            next: start + 8,
            inside: head.subarray(4, 4 + small),
          }
        : {
            type: first,
            size: second,
            at: start + 8,
            next: start + 8 + (first === COMPRESSED ? second : Math.ceil(second / 8) * 8),
            inside: null,
          };
    if (tag.at + tag.size > end) throw this.#truncated(tag.at + tag.size, end);
    return tag;
  }

  /** The arrays of the matrix element whose tag was read: one, or those of a cell. */
  async matrices({ at, size }: Tag, inCell = ""): Promise<FoundMatrix[]> {
    const end = at + size;
    const flags = await this.#data(end, 8);
    const flagWord = this.#word(flags, 0);
    const axes = await this.#data(end, 4 * mostAxes);
    const shape = Array.from({ length: axes.length / 4 }, (_, i) => this.#word(axes, 4 * i));
    const own = (await this.#data(end, longestName)).toString("utf8").replace(/\0.*$/s, "");
    const name = inCell || own;
    const found: FoundMatrix = { name, shape, numbers: null, detail: "it is not an array of numbers" };
    const kind = flagWord & 0xff;
    if (kind === CELL) {
      return inCell ? [{ ...found, detail: "it is a cell in a cell" }] : this.#cells(found, end);
    }
    const type = classes.get(kind);
    if (type === undefined) return [{ ...found, detail: others.get(kind) ?? found.detail }];
    if (flagWord & COMPLEX) return [{ ...found, detail: "it holds complex numbers" }];
    if (countOf(shape) === 0) return [{ ...found, detail: "it is empty" }];
    const real = await this.tag(end);
    const storedName = storedTypes.get(real.type);
    if (storedName === undefined) throw this.#unreadable();
    const stored = numberType(storedName);
    if (countOf(shape) * stored.bytes !== real.size) {
      const detail = `${name || "an array"} claims ${shapeText(shape)} numbers and holds ${real.size} bytes`;
      throw new Fault("image/unreadable", { path: this.#path, detail });
    }
    return [{ ...found, numbers: { type, stored, at: real.at } }];
  }

  async #cells({ name, shape }: FoundMatrix, end: number): Promise<FoundMatrix[]> {
    const found: FoundMatrix[] = [];
    const count = countOf(shape);
    if (count > mostArrays) throw this.#unreadable(`it holds more than ${mostArrays} arrays`);
    for (let cell = 1; cell <= count; cell++) {
      const tag = await this.tag(end);
      if (tag.type !== MATRIX) throw this.#unreadable();
      if (tag.size > 0) found.push(...(await this.matrices(tag, `${name}{${cell}}`)));
      await this.#cursor.goTo(Math.min(tag.next, end));
    }
    return found;
  }

  /** The data of a short element: at most `most` bytes. */
  async #data(end: number, most: number): Promise<Buffer> {
    const { size, next, inside } = await this.tag(end);
    if (size > most) throw this.#unreadable();
    const data = inside ?? (await this.#cursor.read(size));
    await this.#cursor.goTo(Math.min(next, end));
    return data;
  }

  #word(bytes: Buffer, at: number): number {
    if (at + 4 > bytes.length) throw this.#unreadable();
    return this.#littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  #unreadable(detail = "its MATLAB elements are not whole"): Fault {
    return new Fault("image/unreadable", { path: this.#path, detail });
  }

  #truncated(expected: number, found: number): Fault {
    return new Fault("image/truncated", {
      path: this.#path,
      expected: String(expected),
      found: String(found),
    });
  }
}
