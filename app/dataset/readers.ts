import type { Dataset, Reader } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { bidsReader } from "./bids-reader.ts";
import { fileReader } from "./file-reader.ts";
import { folderReader } from "./folder-reader.ts";
import { sherlockReader } from "./sherlock-reader.ts";
import { tableReader } from "./table-reader.ts";

/**
 * Every layout that can be opened, the most particular first: what is opened goes to the first that recognises it.
 * The last is the general one: it is not asked, and says why where it can't read it either.
 */
const readers: readonly [...Reader[], Reader] = [
  tableReader,
  fileReader,
  sherlockReader,
  bidsReader,
  folderReader,
];

/**
 * What a folder, or a file that lists or holds a study, has in it: in the named one of its spaces, or in the one that
 * its reader chooses. @throws Fault dataset/not-found, dataset/empty, dataset/unknown-space, image/…
 */
export async function describeDataset(path: string, space: string | null = null): Promise<Dataset> {
  let chosen = readers.at(-1) as Reader;
  for (const reader of readers.slice(0, -1)) {
    if (await reader.recognise(path)) {
      chosen = reader;
      break;
    }
  }
  const dataset = await chosen.describe(path, space);
  // A layout without spaces has none to choose from.
  if (space !== null && dataset.spaces.length === 0) {
    throw new Fault("dataset/unknown-space", { space, known: "none" });
  }
  return dataset;
}
