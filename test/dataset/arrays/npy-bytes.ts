/** What a NumPy array of float32 looks like on disk; `values` in the order they are stored. */
export function npyBytes(
  shape: readonly number[],
  values: readonly number[],
  { firstFastest = false, littleEndian = true, version = 1 } = {},
): Buffer {
  const start = version === 1 ? 10 : 12;
  const descr = littleEndian ? "<f4" : ">f4";
  const dict = `{'descr': '${descr}', 'fortran_order': ${firstFastest ? "True" : "False"}, 'shape': (${shape.join(", ")},), }`;
  const length = Math.ceil((start + dict.length + 1) / 64) * 64 - start;
  const head = Buffer.alloc(start);
  head.write("\x93NUMPY", "latin1");
  head[6] = version;
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  const data = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) {
    if (littleEndian) data.writeFloatLE(value, 4 * i);
    else data.writeFloatBE(value, 4 * i);
  }
  return Buffer.concat([head, Buffer.from(`${dict.padEnd(length - 1)}\n`, "latin1"), data]);
}
