import { unzipSync, zipSync } from "fflate";

/** An array as NumPy has it: shape and values in C order. A shape of none is a number, or a word of ASCII. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly values: Float64Array | Int32Array | string;
}

/** Always the same, so that the same arrays give the same bytes: the first day that a zip file can tell. */
const NO_DATE = "1980-01-01T00:00:00";

/** A NumPy archive, not packed (numpy.lib.format, version 1.0): `numpy.load(path)` reads it, without pickle. */
export function npzBytes(arrays: Readonly<Record<string, NpzArray>>): Uint8Array {
  const entries = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npyBytes(array)]);
  return zipSync(Object.fromEntries(entries), { level: 0, mtime: new Date(NO_DATE) });
}

function npyBytes({ shape, values }: NpzArray): Uint8Array {
  const bytes =
    typeof values === "string"
      ? Buffer.from(values, "ascii")
      : Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const type =
    typeof values === "string" ? `|S${bytes.length}` : values instanceof Float64Array ? "<f8" : "<i4";
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const told = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  // Magic, version and length take ten bytes, and the values start at a multiple of 64.
  const padded = `${told.padEnd(Math.ceil((told.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.alloc(10 + padded.length);
  head.write("\x93NUMPY\x01\x00", "latin1");
  head.writeUInt16LE(padded.length, 8);
  head.write(padded, 10, "latin1");
  return Buffer.concat([head, bytes]);
}

/** The arrays of an archive that `npzBytes` wrote, by name. */
export function readNpz(archive: Uint8Array): Record<string, NpzArray> {
  const entries = Object.entries(unzipSync(archive)).map(([name, bytes]) => {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = 10 + file.readUInt16LE(8);
    const told = file.toString("latin1", 10, end);
    const shape = (/'shape': \(([^)]*)\)/.exec(told)?.[1] ?? "").split(",").flatMap((side) => {
      return side.trim() === "" ? [] : [Number(side)];
    });
    const values = valuesOf(told, file.subarray(end));
    return [name.replace(/\.npy$/, ""), { shape, values }] as const;
  });
  return Object.fromEntries(entries);
}

/** In memory of their own: numbers in an archive begin anywhere. */
function valuesOf(told: string, bytes: Buffer): NpzArray["values"] {
  const own = new Uint8Array(bytes).buffer;
  if (told.includes("'<f8'")) return new Float64Array(own);
  if (told.includes("'<i4'")) return new Int32Array(own);
  return bytes.toString("ascii");
}
