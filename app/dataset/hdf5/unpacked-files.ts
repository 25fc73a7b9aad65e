import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Fault } from "#app/contract/fault.ts";
import { firstBytes, unpackingFault } from "../nifti-bytes.ts";
import type { Hdf5Source } from "./messages.ts";

const LARGEST_BYTES = 32 * 2 ** 30;
/** What is left to others on the disk. */
const SPARED_BYTES = 2 ** 29;
const PREFIX = "concord-unpacked-";

/** Files that were unpacked, by what they were: they stay as long as the process lives. */
const unpacked = new Map<string, Promise<string>>();
let folder: string | null = null;

/**
 * Where a file's HDF5 lies: in itself, or, where it is packed as a whole by gzip (whatever its name says), in a temporary
 * file that is made of it once. @throws Fault image/…, the signal's reason
 */
export async function hdf5Source(path: string, signal?: AbortSignal): Promise<Hdf5Source> {
  const { compressed } = await firstBytes(path, 2);
  if (!compressed) return { file: path, path };
  const { size, mtimeMs, ino } = await stat(path);
  const key = JSON.stringify([path, size, mtimeMs, ino]);
  const making = unpacked.get(key) ?? unpack(path, size, signal);
  unpacked.set(key, making);
  try {
    return { file: await making, path };
  } catch (error) {
    unpacked.delete(key);
    throw error;
  }
}

async function unpack(path: string, packedBytes: number, signal: AbortSignal | undefined): Promise<string> {
  folder ??= makeFolder();
  const file = join(folder, `${unpacked.size}-${Date.now()}.h5`);
  const { bavail, bsize } = await statfs(folder);
  const most = Math.min(LARGEST_BYTES, bavail * bsize - SPARED_BYTES);
  let bytes = 0;
  const bound = new Transform({
    transform(part: Buffer, _, pass) {
      bytes += part.length;
      const detail = `unpacked it takes more than ${(most / 2 ** 30).toFixed(1)} GiB, and there is no room for it in ${tmpdir()}`;
      if (bytes > most) pass(new Fault("image/unreadable", { path, detail }));
      else pass(null, part);
    },
  });
  try {
    const stages = [createReadStream(path), createGunzip(), bound, createWriteStream(file, { mode: 0o600 })];
    await pipeline(stages, signal === undefined ? {} : { signal });
  } catch (error) {
    rmSync(file, { force: true });
    if (signal?.aborted) throw signal.reason;
    throw unpackingFault(path, error, packedBytes, bytes);
  }
  return file;
}

/** This process's own, removed when it ends; those of processes that died without doing so are removed now. */
function makeFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^concord-unpacked-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const made = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
