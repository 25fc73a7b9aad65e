import { Fault } from "#app/contract/fault.ts";
import { mostUnpackedBytes } from "#app/dataset/deflate-limit.ts";
import { bytesPerValue } from "#app/dataset/nifti-datatype.ts";

const encodings = ["ASCII", "Base64Binary", "GZipBase64Binary"] as const;

/** What the attributes of a GIfTI data array say, checked (GIFTI surface data format 1.0, section 2.3.4.2). */
export interface DataArray {
  /** "TIME_SERIES", "POINTSET"…: its NIfTI intent without the prefix. */
  readonly intent: string;
  /** The NIfTI code of its type. */
  readonly datatype: number;
  /** Dim0 is the number of vertices. */
  readonly dimensions: readonly [vertices: number, ...others: number[]];
  readonly columnMajor: boolean;
  readonly encoding: (typeof encodings)[number];
  readonly littleEndian: boolean;
}

const datatypes: Readonly<Record<string, number>> = {
  NIFTI_TYPE_UINT8: 2,
  NIFTI_TYPE_INT16: 4,
  NIFTI_TYPE_INT32: 8,
  NIFTI_TYPE_FLOAT32: 16,
  NIFTI_TYPE_FLOAT64: 64,
  NIFTI_TYPE_INT8: 256,
  NIFTI_TYPE_UINT16: 512,
  NIFTI_TYPE_UINT32: 768,
};

/** Held in memory at once, twice while it is unpacked: 1,600 volumes of the finest mesh, where a run is one array. */
const LARGEST_ARRAY_BYTES = 2 ** 30;

/**
 * Reads the attributes of a DataArray in a file of so many bytes, and refuses one that the file can't hold.
 * @throws Fault image/unreadable, image/truncated
 */
export function dataArrayOf(
  path: string,
  attributes: Readonly<Record<string, string>>,
  file: { readonly sizeBytes: number; readonly compressed: boolean },
): DataArray {
  const refuse = (detail: string) => new Fault("image/unreadable", { path, detail });
  const told = attributes.Encoding ?? "";
  if (told === "ExternalFileBinary") {
    throw refuse("its values lie in another file (ExternalFileBinary)");
  }
  const encoding = encodings.find((name) => name === told);
  if (encoding === undefined) throw refuse(`its encoding "${told}" is not known`);
  const datatype = datatypes[attributes.DataType ?? ""];
  if (datatype === undefined)
    throw refuse(`its data type "${attributes.DataType ?? ""}" is not one real number`);
  const rank = Number(attributes.Dimensionality);
  if (!Number.isInteger(rank) || rank < 1 || rank > 6) throw refuse("a data array says no dimensions");
  const dimensions = Array.from({ length: rank }, (_, at) => Number(attributes[`Dim${at}`]));
  const [first = 0, ...others] = dimensions;
  if (dimensions.some((extent) => !Number.isSafeInteger(extent) || extent < 1)) {
    throw refuse(`the dimensions of a data array are ${dimensions.join(" × ")}`);
  }
  const array: DataArray = {
    intent: (attributes.Intent ?? "").replace(/^NIFTI_INTENT_/, ""),
    datatype,
    dimensions: [first, ...others],
    columnMajor: attributes.ArrayIndexingOrder === "ColumnMajorOrder",
    encoding,
    littleEndian: attributes.Endian !== "BigEndian",
  };
  const bytes = bytesOf(array);
  if (bytes > LARGEST_ARRAY_BYTES) {
    throw refuse(`a data array would take ${Math.round(bytes / 2 ** 30)} GiB`);
  }
  refuseTooLarge(path, array, 1, file);
  return array;
}

/** @throws Fault image/truncated where the file can't hold so many arrays like this one */
export function refuseTooLarge(
  path: string,
  array: DataArray,
  count: number,
  { sizeBytes, compressed }: { readonly sizeBytes: number; readonly compressed: boolean },
): void {
  const packed = compressed || array.encoding === "GZipBase64Binary";
  // A value written in digits takes one and a space; four letters of base64 are three bytes.
  const stored = array.encoding === "ASCII" ? 2 * valuesOf(array) - 1 : (bytesOf(array) * 4) / 3;
  const expected = Math.ceil(count * (packed ? bytesOf(array) : stored));
  if (expected > (packed ? mostUnpackedBytes(sizeBytes) : sizeBytes)) {
    throw new Fault("image/truncated", { path, expected: String(expected), found: String(sizeBytes) });
  }
}

export function valuesOf({ dimensions }: DataArray): number {
  return dimensions.reduce((product, extent) => product * extent, 1);
}

export function bytesOf(array: DataArray): number {
  return valuesOf(array) * (bytesPerValue(array.datatype) ?? 0);
}
