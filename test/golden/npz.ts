import { inflateRawSync } from "node:zlib";

/** One array of an archive, C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** The numeric arrays of a NumPy archive by name; arrays of other kinds are left out. */
export function readNpz(file: Buffer): Map<string, NpyArray> {
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  const arrays = new Map<string, NpyArray>();
  for (let entry = 0; entry < count; entry++) {
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString("utf8", at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const body = file.subarray(start, start + packed);
    const array = readNpy(method === 0 ? body : inflateRawSync(body));
    if (array !== null) arrays.set(name.replace(/\.npy$/, ""), array);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return arrays;
}

const readers: Record<string, { size: number; read: (bytes: Buffer, at: number) => number }> = {
  "<f8": { size: 8, read: (bytes, at) => bytes.readDoubleLE(at) },
  "<f4": { size: 4, read: (bytes, at) => bytes.readFloatLE(at) },
  "<i8": { size: 8, read: (bytes, at) => Number(bytes.readBigInt64LE(at)) },
  "<i4": { size: 4, read: (bytes, at) => bytes.readInt32LE(at) },
  "|b1": { size: 1, read: (bytes, at) => bytes.readUInt8(at) },
};

function readNpy(bytes: Buffer): NpyArray | null {
  const wide = bytes.readUInt8(6) > 1;
  const start = wide ? 12 : 10;
  const length = wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", start, start + length);
  const reader = readers[/'descr': '([^']+)'/.exec(header)?.[1] ?? ""];
  if (reader === undefined) return null;
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "")
    .split(",")
    .filter((part) => part.trim())
    .map(Number);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const data = Float64Array.from({ length: size }, (_, at) =>
    reader.read(bytes, start + length + at * reader.size),
  );
  return { shape, data: header.includes("'fortran_order': True") ? toRowMajor(data, shape) : data };
}

/** Column-major values of any number of axes in row-major order. */
function toRowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  return data.map((_, at) => {
    let rest = at;
    let from = 0;
    const steps = shape.map((__, axis) =>
      shape.slice(0, axis).reduce((product, extent) => product * extent, 1),
    );
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const extent = shape[axis] as number;
      from += (rest % extent) * (steps[axis] as number);
      rest = Math.floor(rest / extent);
    }
    return data[from] as number;
  });
}
