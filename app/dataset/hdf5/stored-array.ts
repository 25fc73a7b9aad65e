/** What one element of a stored array is. "pointer" is a text of any length; "other" can't be read. */
export interface ElementType {
  readonly kind: "float" | "signed" | "unsigned" | "text" | "pointer" | "other";
  readonly bytes: number;
}

/** An array of an HDF5 file that was found to be readable: its shape is within what the file can hold. */
export interface StoredArray {
  readonly path: string;
  readonly shape: readonly number[];
  /** The shape of the pieces it is stored in; null where it is in one piece that need not be read as one. */
  readonly chunks: readonly number[] | null;
  readonly element: ElementType;
}

/** What the library says of an array. */
interface ArrayFacts {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly shape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  readonly enum_type?: { readonly type: number };
  readonly virtual_sources?: unknown;
}

const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const BIT_FIELD = 4;
const ENUM = 8;

/** DEFLATE cannot shrink more than this; other filters do not on values that vary. */
const LARGEST_RATIO = 1032;
const RATIO_SLACK = 1 << 16;
/** A chunk is unpacked as a whole, with its packed bytes and a filter's copy beside it. */
const LARGEST_CHUNK_BYTES = 2 ** 28;

export function elementType({ type, size, signed, vlen, enum_type }: ArrayFacts): ElementType {
  if (type === STRING) return { kind: vlen ? "pointer" : "text", bytes: size };
  // Of enumerations (h5py's booleans) the numbers count.
  const base = type === ENUM ? enum_type?.type : type;
  if (base === FLOAT && (size === 4 || size === 8)) return { kind: "float", bytes: size };
  const whole = base === INTEGER || base === BIT_FIELD;
  if (whole && [1, 2, 4, 8].includes(size)) return { kind: signed ? "signed" : "unsigned", bytes: size };
  return { kind: "other", bytes: size };
}

/** Why an array can't be read, in words that follow the file's name; null where it can. */
export function reasonAgainst(
  facts: ArrayFacts,
  filters: readonly { readonly id: number; readonly name: string }[],
  known: ReadonlySet<number>,
  fileBytes: number,
): string | null {
  const { shape, chunks, size } = facts;
  if (shape === null) return "it holds an array without a shape";
  if (shape.some((extent) => !Number.isSafeInteger(extent) || extent < 0)) {
    return `it holds an array of ${shape.join(" × ")} values`;
  }
  if (facts.virtual_sources !== undefined) return "its data lie in other files (a virtual dataset)";
  const strange = filters.find(({ id }) => !known.has(id));
  if (strange !== undefined) {
    return `it is packed by the HDF5 filter ${strange.id}${strange.name === "" ? "" : ` (${printable(strange.name)})`}, which Concord does not have`;
  }
  const bytes = product(shape) * size;
  const most = chunks === null ? fileBytes : fileBytes * LARGEST_RATIO + RATIO_SLACK;
  if (!(bytes <= most)) {
    return `it holds ${fileBytes} bytes and says that an array of ${shape.join(" × ")} values is in them`;
  }
  const chunkBytes = chunks === null ? 0 : product(chunks) * size;
  if (!(chunkBytes <= LARGEST_CHUNK_BYTES)) {
    return `an array is stored in pieces of ${(chunkBytes / 2 ** 20).toFixed(0)} MiB, and each would have to be unpacked as a whole`;
  }
  return null;
}

export function product(extents: readonly number[]): number {
  return extents.reduce((all, extent) => all * extent, 1);
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "").slice(0, 40);
}

/** The numbers of elements that lie in memory from byte `at` on. @throws RangeError where they are not numbers */
export function numbersIn(
  memory: ArrayBufferLike,
  at: number,
  count: number,
  { kind, bytes }: ElementType,
): ArrayLike<number> | ArrayLike<bigint> {
  if (kind === "float") {
    return bytes === 4 ? new Float32Array(memory, at, count) : new Float64Array(memory, at, count);
  }
  if (kind !== "signed" && kind !== "unsigned") throw new RangeError(`${kind} is no kind of number`);
  const signed = kind === "signed";
  if (bytes === 1) return signed ? new Int8Array(memory, at, count) : new Uint8Array(memory, at, count);
  if (bytes === 2) return signed ? new Int16Array(memory, at, count) : new Uint16Array(memory, at, count);
  if (bytes === 4) return signed ? new Int32Array(memory, at, count) : new Uint32Array(memory, at, count);
  return signed ? new BigInt64Array(memory, at, count) : new BigUint64Array(memory, at, count);
}

export function isNumeric({ element: { kind } }: StoredArray): boolean {
  return kind === "float" || kind === "signed" || kind === "unsigned";
}
