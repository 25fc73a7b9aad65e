import { basename } from "node:path";
import { readPointer } from "#app/annex/file-state.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { arrayFormat } from "./array-format.ts";
import { ciftiFormat } from "./cifti-format.ts";
import type { Format } from "./format.ts";
import { giftiFormat } from "./gifti-format.ts";
import { hdf5Format } from "./hdf5-format.ts";
import { firstBytes } from "./nifti-bytes.ts";
import { niftiFormat } from "./nifti-format.ts";

/** Every file format that can be read, the most particular first. */
const formats: readonly Format[] = [giftiFormat, ciftiFormat, arrayFormat, hdf5Format, niftiFormat];

/** The ending of an image's file name, in its own case, or null where it is none that a format has. */
export function imageExtension(fileName: string): string | null {
  const lower = fileName.toLowerCase();
  const fitting = formats.flatMap(({ extensions }) => extensions.filter((one) => lower.endsWith(one)));
  const longest = Math.max(0, ...fitting.map(({ length }) => length));
  return longest === 0 ? null : fileName.slice(-longest);
}

/** What recognises a format by its content. */
const HEAD_BYTES = 1024;
const NOTHING = new Uint8Array(0);

/** The format of a file. @throws Fault image/unreadable where no format knows it, and of a file that can't be read */
export async function formatAt(path: string): Promise<Format> {
  const unknown = new Fault("image/unreadable", { path, detail: "its format is not known" });
  const { head, fault } = await firstBytes(path, HEAD_BYTES).then(
    ({ bytes }) => ({ head: bytes, fault: unknown }),
    (error: unknown) => {
      // What ends early is told by the format that its name says: that knows what should be there.
      if (error instanceof Fault && error.code === "image/truncated") return { head: NOTHING, fault: error };
      throw error;
    },
  );
  if (readPointer(new TextDecoder("latin1").decode(head)) !== null) throw new Fault("image/absent", { path });
  const found = formats.find((format) => format.recognise(basename(path), head));
  if (found === undefined) throw fault;
  return found;
}

/** The format that described an image. @throws Fault image/unreadable where there is none of that name */
export function formatOf({ format, path }: RunFile): Format {
  const found = formats.find(({ name }) => name === format);
  if (found === undefined) throw new Fault("image/unreadable", { path, detail: "its format is not known" });
  return found;
}
