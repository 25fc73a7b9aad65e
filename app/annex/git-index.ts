import { createHash } from "node:crypto";
import fs, { type BigIntStats, constants } from "node:fs";
import { lstat, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { updateIndex } from "isomorphic-git";
import { settingOf } from "./git-config.ts";
import type { ListedFile } from "./git-objects.ts";
import type { Repository } from "./repository.ts";

/** Bytes of an entry before its name: ten words of the file's state, the object's name, the flags. */
const STAT_BYTES = 40;
const FLAGS_AT = 60;

/**
 * Notes in git's index that the file at `path` (relative to the top, with forward slashes) is as git left it: what
 * git-annex does once it has put a content in a pointer's place. Else `git status` calls it changed. The index stays
 * as it is but for the file's state (gitformat-index(5)); nothing is done where it is locked or of an unknown kind.
 */
export async function noteUnchanged(repository: Repository, path: string): Promise<void> {
  if (settingOf(repository.config, "extensions.objectformat") !== null) return;
  const place = join(repository.gitFolder, "index");
  const lock = `${place}.lock`;
  const file = await open(lock, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY).catch(() => null);
  if (file === null) return;
  try {
    const bytes = await readFile(place).catch(() => null);
    const entry = bytes === null ? null : entryAt(bytes, Buffer.from(path, "utf8"));
    if (bytes === null || entry === null) return;
    const found = await lstat(join(repository.root, ...path.split("/")), { bigint: true });
    stateWords(found).forEach((word, i) => {
      // The mode is what git committed.
      if (i !== 6) bytes.writeUInt32BE(word, entry + 4 * i);
    });
    const end = bytes.length - 20;
    // All zeros where git was told not to hash its index.
    if (!bytes.subarray(end).every((byte) => byte === 0)) {
      createHash("sha1").update(bytes.subarray(0, end)).digest().copy(bytes, end);
    }
    await file.writeFile(bytes);
    await file.close();
    await rename(lock, place);
  } finally {
    await file.close().catch(() => {});
    await rm(lock, { force: true });
  }
}

/** Stages an entry as the commit lists it, of a file that stands in the work tree as it should. */
export async function addToIndex(repository: Repository, { path, oid, kind }: ListedFile): Promise<void> {
  // An index of a kind that the library would cut short stays as it is, and the file is one that git does not know.
  const bytes = await readFile(join(repository.gitFolder, "index")).catch(() => null);
  const others = ["core.splitindex", "index.sparse", "extensions.objectformat"];
  if (bytes === null || ![2, 3].includes(bytes.readUInt32BE(4))) return;
  if (others.some((name) => settingOf(repository.config, name) !== null)) return;
  const mode = kind === "link" ? 0o120000 : 0o100644;
  await updateIndex({
    fs,
    dir: repository.root,
    gitdir: repository.gitFolder,
    filepath: path,
    oid,
    mode,
    add: true,
  });
}

/** Where the entry of a path begins; null where there is none, or the index is of another kind. */
function entryAt(bytes: Buffer, path: Buffer): number | null {
  if (bytes.length < 32 || bytes.toString("latin1", 0, 4) !== "DIRC") return null;
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) return null;
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    if (at + FLAGS_AT + 2 > bytes.length - 20) return null;
    const extended = version === 3 && (bytes.readUInt16BE(at + FLAGS_AT) & 0x4000) !== 0;
    const name = at + FLAGS_AT + (extended ? 4 : 2);
    const end = bytes.indexOf(0, name);
    if (end < 0) return null;
    if (bytes.subarray(name, end).equals(path)) return at;
    // Entries are filled up with one to eight zeros to a multiple of eight.
    at += Math.floor((end - at) / 8) * 8 + 8;
  }
  return null;
}

/** ctime and mtime (seconds, nanoseconds), device, inode, mode, user, group, size: each cut to 32 bits, as git does. */
function stateWords(found: BigIntStats): number[] {
  const words = [
    found.ctimeNs / 1_000_000_000n,
    found.ctimeNs % 1_000_000_000n,
    found.mtimeNs / 1_000_000_000n,
    found.mtimeNs % 1_000_000_000n,
    found.dev,
    found.ino,
    found.mode,
    found.uid,
    found.gid,
    found.size,
  ];
  return words.slice(0, STAT_BYTES / 4).map((word) => Number(BigInt.asUintN(32, word)));
}
