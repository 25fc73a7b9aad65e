import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NpyArray, readNpz } from "./npz.ts";

const folder = import.meta.dirname;
const archive = readNpz(readFileSync(join(folder, "clean.npz")));
const columns = JSON.parse(readFileSync(join(folder, "clean_columns.json"), "utf8")) as Record<
  string,
  string[]
>;

/** The table of confounds that the golden numbers were made with, and its JSON file. */
export const confoundsFiles = {
  tsv: readFileSync(join(folder, "clean_confounds.tsv"), "utf8"),
  json: readFileSync(join(folder, "clean_confounds.json"), "utf8"),
};

/** An array of nilearn's: see make/clean.py. */
export function cleanGolden(name: string): NpyArray {
  const found = archive.get(name);
  if (found === undefined) throw new Error(`there is no golden array ${name}`);
  return found;
}

/** The columns that nilearn chose by a strategy, by name, and the rows that it keeps. */
export function chosenGolden(name: string): { columns: Map<string, number[]>; rows: number[] } {
  const { shape, data } = cleanGolden(name);
  const [rows, width] = shape as [number, number];
  const named = (columns[name] ?? []).map((column, at): [string, number[]] => [
    column,
    Array.from({ length: rows }, (_, row) => data[row * width + at] as number),
  ]);
  return { columns: new Map(named), rows: [...cleanGolden(`${name}_rows`).data] };
}

/** The largest distance between two lists of numbers, in units of the second's standard deviation. */
export function farthest(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  const values = Array.from(wanted);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return Math.max(...values.map((value, at) => Math.abs((got[at] ?? Number.NaN) - value))) / spread;
}
