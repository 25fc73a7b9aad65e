import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { openPromise } from "yauzl";

/** Unpacks a zip below `folder`, modes kept, without a program of the system: many have no unzip. */
export async function unpackZip(file, folder) {
  // yauzl refuses absolute names and those with `..`, so nothing lands beside the folder.
  const zip = await openPromise(file);
  const openEntry = promisify(zip.openReadStream.bind(zip));
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName);
    if (entry.fileName.endsWith("/")) {
      await mkdir(path, { recursive: true });
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await openEntry(entry), createWriteStream(path, { mode: mode || 0o644 }));
  }
}
