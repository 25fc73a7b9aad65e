import { Fault } from "#app/contract/fault.ts";
import { type NumberType, type NumberTypeName, numberType } from "./number-type.ts";

/** A NumPy array's header: numpy/lib/format.py, versions 1 to 3. */
export interface NpyHeader {
  readonly shape: readonly number[];
  readonly littleEndian: boolean;
  readonly firstFastest: boolean;
  /** Null where its values are not plain numbers: then `detail` says what they are. */
  readonly stored: NumberType | null;
  readonly detail: string;
  /** Bytes before the first value. */
  readonly bytes: number;
}

/** NumPy itself refuses headers of more than 10,000 characters. */
export const npyHeadBytes = 16_384;

const magic = "\x93NUMPY";

const types: Readonly<Record<string, NumberTypeName>> = {
  b1: "bool",
  i1: "int8",
  u1: "uint8",
  i2: "int16",
  u2: "uint16",
  i4: "int32",
  u4: "uint32",
  i8: "int64",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};

const others: Readonly<Record<string, string>> = {
  O: "it holds Python objects, which are never loaded",
  U: "it holds text",
  S: "it holds text",
  c: "it holds complex numbers",
  M: "it holds dates",
  m: "it holds durations",
};

export function isNpy(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, magic.length)).toString("latin1") === magic;
}

/** Reads a header from the first bytes of an array. It is text of one form, and nothing else is looked for in it. */
export function parseNpyHeader(path: string, head: Buffer): NpyHeader {
  const unreadable = (detail: string) => new Fault("image/unreadable", { path, detail });
  if (!isNpy(head) || head.length < 12) throw unreadable("it is not a NumPy array");
  const version = head[6] ?? 0;
  if (version < 1 || version > 3) throw unreadable(`its NumPy format ${version} is not known`);
  const start = version === 1 ? 10 : 12;
  const bytes = start + (version === 1 ? head.readUInt16LE(8) : head.readUInt32LE(8));
  if (bytes > npyHeadBytes) throw unreadable("its header is too long");
  if (bytes > head.length) {
    throw new Fault("image/truncated", { path, expected: String(bytes), found: String(head.length) });
  }
  const text = head.toString("utf8", start, bytes);
  const order = /'fortran_order'\s*:\s*(True|False)\b/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (order === undefined || shape === undefined) throw unreadable("its NumPy header is not whole");
  const [, byteOrder = "", kind = ""] = /'descr'\s*:\s*'([<>|=]?)(\w+)[^']*'/.exec(text) ?? [];
  const name = types[kind];
  return {
    shape: (shape.match(/\d+/g) ?? []).map(Number),
    littleEndian: byteOrder !== ">",
    firstFastest: order === "True",
    stored: name === undefined ? null : numberType(name),
    detail: others[kind.charAt(0)] ?? "its values are not plain numbers",
    bytes,
  };
}
