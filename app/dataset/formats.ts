import { basename } from "node:path";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Format } from "./format.ts";
import { hdf5Format } from "./hdf5-format.ts";
import { firstBytes } from "./nifti-bytes.ts";
import { niftiFormat } from "./nifti-format.ts";

/** Every file format that can be read, the most particular first. */
const formats: readonly Format[] = [hdf5Format, niftiFormat];

/** What recognises a format by its content. */
const HEAD_BYTES = 1024;

/** The format of a file. @throws Fault image/unreadable where no format knows it, and of a file that can't be read */
export async function formatAt(path: string): Promise<Format> {
  const { bytes } = await firstBytes(path, HEAD_BYTES);
  const found = formats.find((format) => format.recognise(basename(path), bytes));
  if (found === undefined) {
    throw new Fault("image/unreadable", { path, detail: "its format is not known" });
  }
  return found;
}

/** The format that described an image. @throws Fault image/unreadable where there is none of that name */
export function formatOf({ format, path }: RunFile): Format {
  const found = formats.find(({ name }) => name === format);
  if (found === undefined) throw new Fault("image/unreadable", { path, detail: "its format is not known" });
  return found;
}
