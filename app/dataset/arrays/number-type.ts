import { bytesPerValue, type ReadValue, valueReader } from "../nifti-datatype.ts";

/** How one number is stored. */
export interface NumberType {
  /** As NumPy calls it: "float32". */
  readonly name: string;
  readonly bytes: number;
  readonly read: ReadValue;
}

/** NIfTI's code of each type that it knows too. */
const codes = {
  int8: 256,
  uint8: 2,
  bool: 2,
  int16: 4,
  uint16: 512,
  int32: 8,
  uint32: 768,
  int64: 1024,
  uint64: 1280,
  float32: 16,
  float64: 64,
} as const;

export type NumberTypeName = keyof typeof codes | "float16";

export function numberType(name: NumberTypeName): NumberType {
  if (name === "float16") return { name, bytes: 2, read: (v, at, le) => half(v.getUint16(at, le)) };
  const code = codes[name];
  return { name, bytes: bytesPerValue(code) ?? 0, read: valueReader(code) };
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
