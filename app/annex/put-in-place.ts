import { constants } from "node:fs";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import { type AnnexBranch, journalPath, locationLog, newest } from "./annex-branch.ts";
import { readPointer } from "./file-state.ts";
import { settingOf } from "./git-config.ts";
import { noteUnchanged } from "./git-index.ts";
import { objectPath } from "./object-place.ts";
import type { Repository } from "./repository.ts";

/**
 * Moves a verified content from `part` to where git-annex keeps it, read-only in a folder that is read-only, as
 * git-annex does (git-annex, doc/internals/lockdown). Whole or not at all.
 * @throws Fault results/…
 */
export async function putObject(repository: Repository, key: string, part: string): Promise<void> {
  const place = objectPath(repository, key);
  await within(repository, dirname(dirname(place)));
  try {
    await thaw(dirname(place));
    await mkdir(dirname(place), { recursive: true });
    await chmod(part, 0o444);
    // A damaged content that stands there is read-only too, which Windows does not write over.
    await chmod(place, 0o644).catch(() => {});
    await rename(part, place);
    await chmod(dirname(place), 0o555);
  } catch (error) {
    throw writingFault(error, place);
  }
}

/** Takes a content that is not what its key tells out of the way, to where git-annex puts such: annex/bad. */
export async function setAside(repository: Repository, key: string): Promise<void> {
  const place = objectPath(repository, key);
  const bad = join(repository.gitFolder, "annex", "bad", key);
  try {
    await within(repository, dirname(place));
    await thaw(dirname(place));
    await mkdir(dirname(bad), { recursive: true });
    await chmod(place, 0o644);
    await rename(place, bad);
  } catch (error) {
    throw writingFault(error, place);
  }
}

/**
 * Puts the content at the path of an unlocked file, where its pointer or a cut-off copy stands; a locked one's link
 * leads to the object already. A file that git lists and that is not there gets its link. A link's text stays: where
 * there are no links git-annex leaves it too.
 * @throws Fault results/…
 */
export async function fillWorkTree(repository: Repository, path: string, key: string): Promise<void> {
  const object = objectPath(repository, key);
  try {
    const found = await lstat(path).catch(() => null);
    if (found === null) {
      await within(repository, dirname(path), repository.root);
      await mkdir(dirname(path), { recursive: true });
      const target = join(".git", relative(repository.gitFolder, object));
      await symlink(join(relative(dirname(path), repository.root), target), path);
      return;
    }
    if (!found.isFile()) return;
    if (found.size <= 32 * 1024) {
      const pointer = readPointer(await readFile(path, "utf8"));
      if (pointer?.state === "link-text") return;
    }
    await copyInto(object, path, found.mode | 0o200);
    await noteUnchanged(repository, relative(repository.root, path).split(sep).join("/"));
  } catch (error) {
    throw writingFault(error, path);
  }
}

/** By a copy beside it that takes its place; a copy that shares its blocks where the disk can do that. */
async function copyInto(object: string, path: string, mode: number): Promise<void> {
  const beside = join(dirname(path), `.concord-${process.pid}-${Date.now()}.part`);
  try {
    await copyFile(object, beside, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(beside, mode & 0o777);
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * Notes in git-annex's journal that this repository has a content: the next git-annex command commits it. Nothing is
 * noted where the repository has no UUID yet; `git annex fsck` finds the content then.
 */
export async function noteLocation(repository: Repository, branch: AnnexBranch, key: string): Promise<void> {
  const uuid = settingOf(repository.config, "annex.uuid");
  if (uuid === null || !/^[0-9A-Za-z-]{1,64}$/.test(uuid)) return;
  const log = locationLog(key);
  const lines = newest(await branch.lines(log)).filter(({ value }) => value !== uuid);
  const known = newest(await branch.lines(log)).find(({ value }) => value === uuid);
  // Never older than what it supersedes, whatever the clock says.
  const seconds = Math.max(Date.now() / 1000, (known?.seconds ?? 0) + 1);
  const text = [{ seconds, status: "1", value: uuid }, ...lines]
    .map((line) => `${line.seconds.toFixed(6)}s ${line.status} ${line.value}\n`)
    .join("");
  const place = journalPath(repository, log);
  try {
    await within(repository, dirname(place));
    await mkdir(dirname(place), { recursive: true });
    const beside = join(repository.gitFolder, "annex", "tmp", `${key}.log.part`);
    await mkdir(dirname(beside), { recursive: true });
    await writeFile(beside, text);
    await rename(beside, place);
  } catch (error) {
    throw writingFault(error, place);
  }
}

/** Whether the folder exists within git's folder, or its first parent that does: no link may lead a write elsewhere. */
async function within(repository: Repository, folder: string, top = repository.gitFolder): Promise<void> {
  const real = await realpath(top);
  for (let place = folder; ; place = dirname(place)) {
    const found = await realpath(place).catch(() => null);
    if (found === null && place !== dirname(place)) continue;
    if (found === real || found?.startsWith(real + sep)) return;
    throw new Fault("results/read-only", { path: folder });
  }
}

/** The folder of one key is read-only while its content is there. */
async function thaw(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) await chmod(folder, 0o755);
}
