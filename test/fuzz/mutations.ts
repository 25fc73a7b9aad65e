import { gunzipSync, gzipSync } from "node:zlib";

/** A generator of numbers in [0, 1) that gives the same from the same seed everywhere (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** What sizes, counts and offsets are mistaken for most. */
const EXTREMES = [
  0n,
  1n,
  -1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  1n << 40n,
  1n << 62n,
];
/** Structure lies at the start of most formats. */
const HEAD_BYTES = 2048;
/** What is unpacked to be changed inside. */
const MOST_UNPACKED = 1 << 20;

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** Somewhere, and half of the time near the start. */
function place(random: Random, length: number): number {
  return below(random, random() < 0.5 ? Math.min(length, HEAD_BYTES) : length);
}

const mutations: readonly Mutation[] = [
  function flipBits(bytes, random) {
    for (let count = 1 + below(random, 8); count > 0; count--) {
      const at = place(random, bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
    }
    return bytes;
  },
  function setExtreme(bytes, random) {
    const width = [1, 2, 4, 8][below(random, 4)] as number;
    if (bytes.length < width) return bytes;
    const at = Math.min(place(random, bytes.length), bytes.length - width);
    const value = BigInt.asUintN(8 * width, EXTREMES[below(random, EXTREMES.length)] as bigint);
    for (let byte = 0; byte < width; byte++) {
      const from = random() < 0.8 ? byte : width - 1 - byte;
      bytes[at + byte] = Number((value >> BigInt(8 * from)) & 0xffn);
    }
    return bytes;
  },
  function cut(bytes, random) {
    return bytes.subarray(0, below(random, bytes.length));
  },
  function repeat(bytes, random) {
    const [from, to] = [below(random, bytes.length), below(random, bytes.length)];
    const length = 1 + below(random, 64);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + length), bytes.subarray(to)]);
  },
  function remove(bytes, random) {
    const from = place(random, bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + below(random, 64))]);
  },
  function swap(bytes, random) {
    const [from, to] = [place(random, bytes.length), place(random, bytes.length)];
    const length = 1 + below(random, 16);
    bytes.copy(bytes, to, from, Math.min(from + length, bytes.length));
    return bytes;
  },
  function changeDigit(bytes, random) {
    const text = [...bytes.subarray(0, 65536).entries()].filter(([, byte]) => byte >= 0x30 && byte <= 0x39);
    const [at] = text[below(random, text.length)] ?? [0];
    bytes[at] = 0x30 + below(random, 10);
    return bytes;
  },
  function changeDelimiter(bytes, random) {
    const marks = [...bytes.subarray(0, 65536).entries()].filter(([, byte]) =>
      '\t\n\r,;<>"&='.includes(String.fromCharCode(byte)),
    );
    const [at] = marks[below(random, marks.length)] ?? [0];
    bytes[at] = '\t\n\r,;<>"&=\0'.charCodeAt(below(random, 11));
    return bytes;
  },
];

/** A seed changed in one to three ways; inside its packing half of the time where it is packed. */
export function mutate(seed: Uint8Array, random: Random): Buffer {
  const packed = seed[0] === 0x1f && seed[1] === 0x8b && random() < 0.5;
  let bytes = packed ? unpacked(seed) : Buffer.from(seed);
  for (let count = 1 + below(random, 3); count > 0; count--) {
    if (bytes.length > 0) bytes = (mutations[below(random, mutations.length)] as Mutation)(bytes, random);
  }
  return packed ? gzipSync(bytes, { level: 1 }) : bytes;
}

function unpacked(seed: Uint8Array): Buffer {
  try {
    return gunzipSync(seed, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return Buffer.from(seed);
  }
}
