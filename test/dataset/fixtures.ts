import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedFolder } from "#test/shared.ts";

export const fixtures = join(sharedFolder ?? "", "data", "fixtures");

/** What a reader must return of an array: first and last values, and the hash of all as float64 in C order. */
export interface ExpectedArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly sha256_f8_C: string;
}

/** What is expected of each fixture of a folder, by its name; none where the reference data are absent. */
export function expectedIn<T>(folder: string): (readonly [name: string, expect: T])[] {
  if (sharedFolder === null) return [];
  const all = JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as Record<
    string,
    { expect: T }
  >;
  return Object.entries(all)
    .filter(([name]) => name.startsWith(`${folder}/`))
    .map(([name, { expect }]) => [name, expect]);
}
