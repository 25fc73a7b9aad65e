import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { Fault } from "#app/contract/fault.ts";
import { mostUnpackedBytes } from "./deflate-limit.ts";
import { unpackingFault } from "./nifti-bytes.ts";

/** One file in a zip. */
export interface ZipMember {
  readonly name: string;
  /** As the zip claims; it has been held against the packed size, and more is never unpacked. */
  readonly sizeBytes: number;
}

/** More than any array file or workbook holds. */
const mostMembers = 4096;

/** The members of a zip, from its directory. @throws Fault image/unreadable, image/damaged, image/truncated */
export async function listZip(path: string): Promise<ZipMember[]> {
  return withZip(path, async (zip) => {
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) members.push(checked(path, entry, members.length));
    return members;
  });
}

/**
 * The unpacked bytes of a member, in pieces. Ends with a fault where they are not as many as the zip claims.
 * @throws Fault image/unreadable, image/damaged, image/truncated
 */
export async function* zipBytes(path: string, name: string): AsyncGenerator<Buffer> {
  let zip: ZipFile | null = null;
  let stream: Readable | null = null;
  let found = 0;
  try {
    zip = await openPromise(path, { autoClose: false });
    stream = await openMember(zip, path, name);
    for await (const part of stream) {
      found += (part as Buffer).length;
      yield part as Buffer;
    }
  } catch (error) {
    throw zipFault(path, error, found);
  } finally {
    stream?.destroy();
    zip?.close();
  }
}

async function openMember(zip: ZipFile, path: string, name: string): Promise<Readable> {
  let index = 0;
  for await (const entry of zip.eachEntry()) {
    checked(path, entry, index++);
    if (entry.fileName === name) return zip.openReadStreamPromise(entry);
  }
  throw new Fault("image/unreadable", { path, detail: `it holds no ${name}` });
}

function checked(path: string, entry: Entry, index: number): ZipMember {
  const { fileName, uncompressedSize, compressedSize } = entry;
  const unreadable = (detail: string) => new Fault("image/unreadable", { path, detail });
  if (index >= mostMembers) throw unreadable(`it holds more than ${mostMembers} files`);
  if (entry.isEncrypted()) throw unreadable("it is encrypted");
  if (uncompressedSize > mostUnpackedBytes(compressedSize)) throw new Fault("image/damaged", { path });
  return { name: fileName, sizeBytes: uncompressedSize };
}

async function withZip<T>(path: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(path, { autoClose: false });
    return await work(zip);
  } catch (error) {
    throw zipFault(path, error, 0);
  } finally {
    zip?.close();
  }
}

/** What yauzl finds wrong carries no code. */
function zipFault(path: string, error: unknown, found: number): Fault {
  const { code } = error as NodeJS.ErrnoException;
  if (!(error instanceof Fault) && code === undefined) return new Fault("image/damaged", { path });
  return unpackingFault(path, error, found, found);
}
