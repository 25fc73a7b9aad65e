import type { Dataset, Reader } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { bidsReader } from "./bids-reader.ts";
import { fileReader } from "./file-reader.ts";

/**
 * Every layout that can be opened, the most particular first: what is opened goes to the first that recognises it.
 * The last is the general one: it is not asked, and says why where it can't read it either.
 */
const readers: readonly [...Reader[], Reader] = [fileReader, bidsReader];

/** What a folder or a file holds. @throws Fault dataset/not-found, dataset/empty, image/… */
export async function describeDataset(path: string): Promise<Dataset> {
  const general = readers.at(-1) as Reader;
  for (const reader of readers.slice(0, -1)) {
    if (await reader.recognise(path)) return reader.describe(path);
  }
  return general.describe(path);
}

/** The reader that described a dataset. @throws Fault dataset/empty where there is none of that name */
export function readerOf({ reader, path }: Dataset): Reader {
  const found = readers.find(({ name }) => name === reader);
  if (found === undefined) throw new Fault("dataset/empty", { path });
  return found;
}
