/** Reads one stored value at a byte offset. */
export type ReadValue = (view: DataView, at: number, littleEndian: boolean) => number;

const types = new Map<number, readonly [bytes: number, read: ReadValue]>([
  [2, [1, (v, at) => v.getUint8(at)]],
  [256, [1, (v, at) => v.getInt8(at)]],
  [4, [2, (v, at, le) => v.getInt16(at, le)]],
  [512, [2, (v, at, le) => v.getUint16(at, le)]],
  [8, [4, (v, at, le) => v.getInt32(at, le)]],
  [768, [4, (v, at, le) => v.getUint32(at, le)]],
  [16, [4, (v, at, le) => v.getFloat32(at, le)]],
  [64, [8, (v, at, le) => v.getFloat64(at, le)]],
  [1024, [8, (v, at, le) => Number(v.getBigInt64(at, le))]],
  [1280, [8, (v, at, le) => Number(v.getBigUint64(at, le))]],
]);

/** Bytes of one voxel of a NIfTI datatype code; null for codes that are not one real number. */
export function bytesPerValue(datatype: number): number | null {
  return types.get(datatype)?.[0] ?? null;
}

/** The reader of a datatype that `bytesPerValue` knows. Throws a TypeError for others. */
export function valueReader(datatype: number): ReadValue {
  const found = types.get(datatype);
  if (found === undefined) throw new TypeError(`no reader for NIfTI datatype ${datatype}`);
  return found[1];
}
