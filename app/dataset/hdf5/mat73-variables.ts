import type { Hdf5File } from "./hdf5-file.ts";
import type { Mat73Variable } from "./messages.ts";
import { isNumeric, product, type StoredArray } from "./stored-array.ts";

/** MATLAB's classes that are numbers: `char` is text, and the others are groups or references. */
const NUMERIC = [
  "double",
  "single",
  "logical",
  ...[8, 16, 32, 64].flatMap((bits) => [`int${bits}`, `uint${bits}`]),
];
const MOST_VALUES = 2 ** 27;
const BLOCK_BYTES = 2 ** 25;

/** The numeric variables of a MATLAB 7.3 file, which is HDF5 with the axes of each array in the other order. */
export function mat73Variables(file: Hdf5File): Mat73Variable[] {
  return file.names("/").flatMap((name) => {
    const found = name.startsWith("#") || name.includes("/") ? null : numericAt(file, name);
    return found === null ? [] : [found.variable];
  });
}

/** @throws Fault where there is no such variable, or it is too large to be held */
export function mat73Variable(
  file: Hdf5File,
  name: string,
): Mat73Variable & { values: Float64Array<ArrayBuffer> } {
  const found = file.names("/").includes(name) ? numericAt(file, name) : null;
  if (found === null) throw file.refusal(`it holds no numeric variable ${name}`);
  const { array, variable } = found;
  const count = product(array.shape);
  if (count > MOST_VALUES) throw file.refusal(`${name} holds ${count} values, more than can be held at once`);
  const values = new Float64Array(count);
  const [slowest = 1, ...others] = array.shape;
  const each = product(others);
  const step = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, each * array.element.bytes)));
  const aligned = Math.max(1, Math.floor(step / (array.chunks?.[0] ?? 1))) * (array.chunks?.[0] ?? 1);
  for (let from = 0; from < slowest && each > 0; from += aligned) {
    const region = {
      from: [from, ...others.map(() => 0)],
      count: [Math.min(aligned, slowest - from), ...others],
    };
    file.withRegion(array, region, (stored) => {
      for (let at = 0; at < stored.length; at++) values[from * each + at] = Number(stored[at]);
    });
  }
  return { ...variable, values };
}

function numericAt(file: Hdf5File, name: string): { array: StoredArray; variable: Mat73Variable } | null {
  const path = `/${name}`;
  if (file.kindOf(path) !== "array") return null;
  const type = file.attribute(path, "MATLAB_class");
  if (typeof type !== "string" || !NUMERIC.includes(type)) return null;
  // Of an empty variable its extents are kept instead.
  if (file.attributeNames(path).includes("MATLAB_empty")) return null;
  const array = file.array(path);
  if (!isNumeric(array) || array.shape.length < 1) return null;
  return { array, variable: { name, shape: [...array.shape].reverse(), type } };
}
