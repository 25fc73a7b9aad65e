import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Dataset, Problem } from "#app/contract/dataset.ts";
import { tableReader } from "./table-reader.ts";

/** More would not be read. */
const mostNamed = 5;

/** Where what a person told of a file or folder is kept: a table of images beside it. */
export function toldTablePlace(path: string): string {
  return join(dirname(path), `${basename(path)}_concord.tsv`);
}

/**
 * What a person told of a file or folder before, read from the table beside it, with a note that says so; null where
 * there is no such table. `found` are the images that are there: those that the table lacks are named.
 * @throws Fault dataset/table, dataset/unknown-space, image/…
 */
export async function toldDataset(
  path: string,
  space: string | null,
  found: readonly string[],
): Promise<Dataset | null> {
  const table = toldTablePlace(path);
  if ((await stat(table).catch(() => null))?.isFile() !== true) return null;
  const dataset = await tableReader.describe(table, space);
  const composed = (one: string): string => one.normalize("NFC");
  const listed = new Set(
    [
      ...dataset.files.flatMap((file) => [file.path, file.companionPath ?? ""]),
      ...dataset.broken.map(({ values }) => values.path ?? ""),
    ].map(composed),
  );
  const left = found.filter((one) => !listed.has(composed(one))).map((one) => basename(one));
  const text = `Whose the images are and what their axes are is read from ${basename(table)} beside them. Mend that table, or move it away, to say it anew.`;
  return { ...dataset, problems: [{ severity: "note", text }, ...leftOut(left, table), ...dataset.problems] };
}

function leftOut(names: readonly string[], table: string): Problem[] {
  if (names.length === 0) return [];
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const text = `These files are not in ${basename(table)} and are left out: ${names.slice(0, mostNamed).join(", ")}${more}.`;
  return [{ severity: "warning", text }];
}
