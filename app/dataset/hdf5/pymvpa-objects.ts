import type { Hdf5File } from "./hdf5-file.ts";

const MOST_ITEMS = 100_000;
/** No object of PyMVPA lies deeper. */
const DEEPEST = 64;
const MOST_SCANNED = 200_000;

/**
 * Where an object lies, found when it is asked for: what nobody needs may refer to whatever it likes.
 * @throws Fault where the object is missing, or holds what it is an item of
 */
export type Place = () => string;

/**
 * The objects in a file that PyMVPA's h5save wrote (mvpa2/base/hdf5.py), by their place. Only the encoding is read: what
 * a class named in the file would do is never asked. An object that was met before is written as a reference (`objref`)
 * to the first one.
 */
export class PymvpaObjects {
  readonly #file: Hdf5File;
  /** The places of objects by their reference, once one was needed. */
  #places: ReadonlyMap<string, string> | null = null;

  constructor(file: Hdf5File) {
    this.#file = file;
  }

  /** The class of an object, or the function that would make it: "list", "Dataset", "ArrayCollectable"; "" of an array. */
  classOf(path: string): string {
    if (this.#file.kindOf(path) !== "group") return "";
    const names = this.#file.attributeNames(path);
    const given = this.#file.attribute(path, names.includes("recon") ? "recon" : "class");
    return typeof given === "string" ? given : "";
  }

  /** The places of a list's or tuple's items. @throws Fault of a list that can't be one */
  items(path: string): Place[] {
    const holder = this.#holder(path);
    const names = new Set(this.#file.names(holder));
    const length = this.#file.attribute(path, "length");
    // Old files do not say it.
    const count = length === null ? this.#countOf(names, holder) : Number(length);
    if (!Number.isSafeInteger(count) || count < 0 || count > MOST_ITEMS) {
      throw this.#file.refusal(`a list in it is said to have ${String(length)} items`);
    }
    return Array.from({ length: count }, (_, item) => () => this.#item(holder, names, String(item)));
  }

  /** The places of a dict's values by their keys, which are text or numbers; others are passed over. */
  entries(path: string): Map<string, Place> {
    const holder = this.#holder(path);
    const entries = new Map<string, Place>();
    if (Number(this.#file.attribute(holder, "__keys_in_tuple__") ?? 0) === 0) {
      // Old files have the keys as names.
      for (const name of this.#file.names(holder)) entries.set(name, () => joined(holder, name));
      return entries;
    }
    for (const pair of this.items(path)) {
      // A tuple is written in one way since dicts are written in tuples.
      const inner = joined(pair(), "items");
      const names = new Set(this.#file.names(inner));
      const key = names.has("0") ? this.scalar(joined(inner, "0")) : null;
      if (key !== null) entries.set(String(key), () => this.#item(inner, names, "1"));
    }
    return entries;
  }

  /** One of the arguments that an object was made of; undefined where there is none. */
  argument(path: string, at: number): Place | undefined {
    if (!this.#file.names(path).includes("rcargs")) return undefined;
    const holder = this.#holder(joined(path, "rcargs"));
    const names = new Set(this.#file.names(holder));
    const given = names.has(String(at)) || this.#file.attributeNames(holder).includes(String(at));
    return given ? () => this.#item(holder, names, String(at)) : undefined;
  }

  /** What `state` of an object holds, by name. */
  state(path: string): Map<string, Place> {
    return this.#file.names(path).includes("state") ? this.entries(joined(path, "state")) : new Map();
  }

  /** A text or number, null where the object is neither. */
  scalar(path: string): string | number | null {
    if (this.#file.kindOf(path) !== "array") return null;
    const array = this.#file.array(path);
    if (array.shape.length > 0) return null;
    const { kind } = array.element;
    if (kind === "other") return null;
    if (kind === "text" || kind === "pointer") return this.#file.texts(array)[0] ?? null;
    return this.#file.numbers(array)[0] ?? null;
  }

  /** The numbers of a tuple, list or array; null where it holds anything else. */
  numbers(path: string): number[] | null {
    if (this.#file.kindOf(path) === "array") {
      const array = this.#file.array(path);
      return ["float", "signed", "unsigned"].includes(array.element.kind)
        ? [...this.#file.numbers(array)]
        : null;
    }
    if (!["tuple", "list"].includes(this.classOf(path))) return null;
    const values = this.items(path).map((item) => this.scalar(item()));
    return values.every((value) => typeof value === "number") ? values : null;
  }

  #holder(path: string): string {
    return this.#file.names(path).includes("items") ? joined(path, "items") : path;
  }

  #countOf(names: ReadonlySet<string>, holder: string): number {
    const given = [...names, ...this.#file.attributeNames(holder)].filter((name) => /^\d+$/.test(name));
    return new Set(given).size;
  }

  #item(holder: string, names: ReadonlySet<string>, name: string): string {
    if (names.has(name)) return joined(holder, name);
    const reference = this.#file.attribute(holder, name);
    if (reference === null) throw this.#file.refusal(`item ${name} of a list in it is missing`);
    this.#places ??= this.#scan();
    const place = this.#places.get(String(reference));
    if (place === undefined) throw this.#file.refusal("it refers to an object that it does not hold");
    if (place === "/" || `${holder}/`.startsWith(`${place}/`)) {
      throw this.#file.refusal("an object in it holds itself");
    }
    return place;
  }

  /** Where each object lies that can be referred to: the first of a reference, as written. */
  #scan(): Map<string, string> {
    const places = new Map<string, string>();
    const waiting = ["/"];
    for (let scanned = 0; waiting.length > 0; scanned++) {
      const path = waiting.pop() as string;
      if (scanned > MOST_SCANNED || path.split("/").length > DEEPEST) {
        throw this.#file.refusal("its objects go too deep, or are too many");
      }
      const reference = this.#file.attribute(path, "objref");
      if (reference !== null && !places.has(String(reference))) places.set(String(reference), path);
      if (this.#file.kindOf(path) !== "group") continue;
      for (const name of [...this.#file.names(path)].reverse()) waiting.push(joined(path, name));
    }
    return places;
  }
}

function joined(path: string, name: string): string {
  return path === "/" ? `/${name}` : `${path}/${name}`;
}
