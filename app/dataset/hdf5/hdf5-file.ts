import { statSync } from "node:fs";
import { Fault } from "#app/contract/fault.ts";
import { unpackingFault } from "../nifti-bytes.ts";
import { INNER_PATH, type Library } from "./library.ts";
import type { Hdf5Source } from "./messages.ts";
import {
  elementType,
  isNumeric,
  numbersIn,
  product,
  reasonAgainst,
  type StoredArray,
} from "./stored-array.ts";

/** The library threw rather than refused: its state is not to be trusted any more. */
export class LibraryFault extends Fault {}

export type AttributeValue = string | bigint | number | readonly number[];

/** Start and length along each axis of an array. */
export interface Region {
  readonly from: readonly number[];
  readonly count: readonly number[];
}

const SMALL_BYTES = 2 ** 28;
/** Each becomes eight bytes. */
const MOST_NUMBERS = 2 ** 26;
const LARGEST_ATTRIBUTE_BYTES = 2 ** 16;
const LARGEST_TEXT_BYTES = 2 ** 16;
const DATASET = 1;
const GROUP = 0;

type Kind = "group" | "array" | null;

/** Which the library's own types leave out. */
interface TypesOfGroup {
  get_types(file: bigint, group: string): Readonly<Record<string, number>>;
}

/** One HDF5 file, open. All reading goes through here, and each answer of the library is checked. */
export class Hdf5File {
  readonly source: Hdf5Source;
  readonly sizeBytes: number;
  readonly #library: Library;
  readonly #groups = new Map<string, ReadonlyMap<string, Kind>>();
  readonly #attributes = new Map<string, readonly string[]>();
  #id = -1n;

  /** @throws Fault image/unreadable, image/truncated */
  constructor(library: Library, source: Hdf5Source) {
    this.#library = library;
    this.source = source;
    try {
      this.sizeBytes = statSync(source.file).size;
    } catch (error) {
      throw unpackingFault(source.path, error, 0, 0);
    }
    library.pointAt(source.file);
    this.#id = this.#ask(({ open }) => open(INNER_PATH, 0, false, -1, -1));
    if (this.#id < 0n) throw this.#damage("");
  }

  close(): void {
    this.#library.module.close_file(this.#id);
    this.#library.pointAt(null);
    this.#library.takeComplaints();
  }

  refusal(detail: string): Fault {
    return new Fault("image/unreadable", { path: this.source.path, detail });
  }

  kindOf(path: string): Kind {
    if (path === "/") return "group";
    const cut = path.lastIndexOf("/");
    const parent = cut <= 0 ? "/" : path.slice(0, cut);
    if (this.kindOf(parent) !== "group") return null;
    return this.#inside(parent).get(path.slice(cut + 1)) ?? null;
  }

  /** The names in a group. */
  names(group: string): readonly string[] {
    return [...this.#inside(group).keys()];
  }

  attributeNames(path: string): readonly string[] {
    return remembered(this.#attributes, path, () =>
      this.#ask((module) => module.get_attribute_names(this.#id, path)),
    );
  }

  /** A text, a number or a few; null where there is no such attribute, or it is of another kind. */
  attribute(path: string, name: string): AttributeValue | null {
    if (!this.attributeNames(path).includes(name)) return null;
    const facts = this.#ask((module) => module.get_attribute_metadata(this.#id, path, name));
    const element = elementType(facts);
    const count = facts.shape === null ? 0 : product(facts.shape);
    const bytes = count * facts.size;
    if (element.kind === "other" || !(count >= 1) || !(bytes <= LARGEST_ATTRIBUTE_BYTES)) return null;
    return this.#withMemory(bytes, (at) => {
      const status = this.#ask((module) => module.get_attribute_data(this.#id, path, name, BigInt(at)));
      if (status < 0) throw this.#damage("");
      if (element.kind === "text" || element.kind === "pointer") {
        const text = this.#textAt(at, facts.size, element.kind === "pointer");
        if (element.kind === "pointer") {
          this.#ask((module) => module.reclaim_vlen_memory(this.#id, path, name, BigInt(at)));
        }
        return text;
      }
      const numbers = Array.from(
        numbersIn(this.#memory.buffer, at, count, element) as ArrayLike<number | bigint>,
      );
      return count === 1 ? (numbers[0] as number | bigint) : numbers.map(Number);
    });
  }

  /** An array's shape and kind. @throws Fault image/unreadable where it can't be read, before anything is */
  array(path: string): StoredArray {
    const facts = this.#ask((module) => module.get_dataset_metadata(this.#id, path));
    const chunked = facts.chunks !== null;
    const filters = chunked ? this.#ask((module) => module.get_dataset_filters(this.#id, path)) : [];
    const reason = reasonAgainst(facts, filters, this.#library.filters, this.sizeBytes);
    if (reason !== null) throw this.refusal(reason);
    return { path, shape: facts.shape ?? [], chunks: facts.chunks, element: elementType(facts) };
  }

  /** The members of the first record of a compound array that are numbers. */
  record(path: string): ReadonlyMap<string, readonly number[]> {
    const { compound_type } = this.#ask((module) => module.get_dataset_metadata(this.#id, path));
    const array = this.array(path);
    const members = new Map<string, readonly number[]>();
    if (compound_type === undefined || product(array.shape) !== 1) return members;
    this.#withData(array, null, (at) => {
      for (const member of compound_type.members) {
        const inner = member.array_type ?? member;
        const element = elementType({ ...inner, shape: null, chunks: null });
        const count = member.array_type === undefined ? 1 : product(member.array_type.shape ?? []);
        const numeric = element.kind === "float" || element.kind === "signed" || element.kind === "unsigned";
        if (!numeric || member.offset + count * element.bytes > array.element.bytes) continue;
        const start = at + member.offset;
        const bytes = this.#memory.slice(start, start + count * element.bytes);
        members.set(
          member.name,
          Array.from(numbersIn(bytes.buffer, 0, count, element) as ArrayLike<number>, Number),
        );
      }
    });
    return members;
  }

  /** All numbers of a small array, last axis fastest. @throws Fault where it does not hold numbers, or too many */
  numbers(array: StoredArray): Float64Array {
    if (!isNumeric(array)) throw this.refusal(`${array.path} does not hold numbers`);
    if (product(array.shape) > MOST_NUMBERS) {
      throw this.refusal(`${array.path} holds ${product(array.shape)} numbers, too many for what it is`);
    }
    return this.#withData(array, null, (at, count) =>
      Float64Array.from(
        numbersIn(this.#memory.buffer, at, count, array.element) as ArrayLike<number>,
        Number,
      ),
    );
  }

  /** All texts of a small array. */
  texts(array: StoredArray): string[] {
    const { kind, bytes } = array.element;
    if (kind !== "text" && kind !== "pointer") throw this.refusal(`${array.path} does not hold text`);
    return this.#withData(array, null, (at, count) => {
      const texts = Array.from({ length: count }, (_, i) =>
        this.#textAt(at + i * bytes, bytes, kind === "pointer"),
      );
      if (kind === "pointer") {
        this.#ask((module) => module.reclaim_vlen_memory(this.#id, array.path, "", BigInt(at)));
      }
      return texts;
    });
  }

  /** The bytes of a small array. */
  bytes(array: StoredArray): Uint8Array {
    return this.#withData(array, null, (at, count) =>
      this.#memory.slice(at, at + count * array.element.bytes),
    );
  }

  /** Shows the numbers of a region, last axis fastest; they are gone once `use` returns. */
  withRegion<Result>(
    array: StoredArray,
    region: Region,
    use: (values: ArrayLike<number | bigint>) => Result,
  ): Result {
    if (!isNumeric(array)) throw this.refusal(`${array.path} does not hold real numbers`);
    return this.#withData(array, region, (at, count) =>
      use(numbersIn(this.#memory.buffer, at, count, array.element) as ArrayLike<number | bigint>),
    );
  }

  #withData<Result>(
    array: StoredArray,
    region: Region | null,
    use: (at: number, count: number) => Result,
  ): Result {
    const count = product(region?.count ?? array.shape);
    const bytes = count * array.element.bytes;
    if (!(bytes <= SMALL_BYTES))
      throw this.refusal(`${array.path} holds ${bytes} bytes, too many for what it is`);
    if (count === 0) return use(0, 0);
    return this.#withMemory(bytes, (at) => {
      const big = (extents: readonly number[]) => extents.map(BigInt);
      const from = region === null ? null : big(region.from);
      const extents = region === null ? null : big(region.count);
      const strides = region === null ? null : region.from.map(() => 1n);
      const status = this.#ask((module) =>
        module.get_dataset_data(this.#id, array.path, extents, from, strides, BigInt(at)),
      );
      if (status < 0) throw this.#damage("");
      return use(at, count);
    });
  }

  #withMemory<Result>(bytes: number, use: (at: number) => Result): Result {
    const { module } = this.#library;
    const at = module._malloc(Math.max(bytes, 8));
    if (at === 0) throw this.refusal(`${bytes} bytes of memory for it could not be had`);
    try {
      return use(at);
    } finally {
      module._free(at);
    }
  }

  get #memory(): Uint8Array<ArrayBuffer> {
    return this.#library.module.HEAPU8 as Uint8Array<ArrayBuffer>;
  }

  #textAt(at: number, bytes: number, pointer: boolean): string {
    const start = pointer ? (new Uint32Array(this.#memory.buffer, at, 1)[0] as number) : at;
    if (start === 0) return "";
    const bound = Math.min(start + (pointer ? LARGEST_TEXT_BYTES : bytes), this.#memory.length);
    const text = this.#memory.subarray(start, bound);
    const end = text.indexOf(0);
    // ASCII is UTF-8; what is neither shows as such.
    return new TextDecoder().decode(text.slice(0, end < 0 ? text.length : end));
  }

  /** The kinds of what is in a group, in its order: to ask for all takes hardly longer than for one. */
  #inside(group: string): ReadonlyMap<string, Kind> {
    return remembered(this.#groups, group, () => {
      const types = this.#ask((module) => (module as unknown as TypesOfGroup).get_types(this.#id, group));
      const kind = (type: number): Kind => (type === GROUP ? "group" : type === DATASET ? "array" : null);
      return new Map(Object.entries(types).map(([name, type]) => [name, kind(type)]));
    });
  }

  #ask<Answer>(question: (module: Library["module"]) => Answer): Answer {
    let answer: Answer;
    try {
      answer = question(this.#library.module);
    } catch (error) {
      if (error instanceof Fault) throw error;
      const { code, values } = this.#damage(this.#library.takeComplaints());
      throw new LibraryFault(code, values);
    }
    const complaints = this.#library.takeComplaints();
    if (complaints !== "") throw this.#damage(complaints);
    return answer;
  }

  #damage(complaints: string): Fault {
    const { path } = this.source;
    const cut = /truncated file: eof = (\d+), .*stored_eof = (\d+)/.exec(complaints);
    if (cut !== null) {
      return new Fault("image/truncated", { path, expected: cut[2] ?? "?", found: cut[1] ?? "?" });
    }
    return new Fault("image/unreadable", { path, detail: "its HDF5 structure is damaged" });
  }
}

/** The library goes the whole way from the root for each answer. */
function remembered<Answer>(known: Map<string, Answer>, path: string, ask: () => Answer): Answer {
  const before = known.get(path);
  if (before !== undefined) return before;
  const answer = ask();
  known.set(path, answer);
  return answer;
}
