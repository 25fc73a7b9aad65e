import { constants } from "node:fs";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { writingFault } from "#app/contract/writing-fault.ts";
import { type AnnexBranch, journalPath, locationLog, newest } from "./annex-branch.ts";
import { settingOf } from "./git-config.ts";
import { addToIndex, noteUnchanged } from "./git-index.ts";
import type { ListedFile } from "./git-objects.ts";
import { objectPath } from "./object-place.ts";
import { pathWithin, type Repository } from "./repository.ts";

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
 * Puts the content at the path of an unlocked file, where its pointer, a link's text or a cut-off copy stands; a locked
 * file's link leads to the object already. A file that git lists (as `listed`) and an adjusted branch hides gets its
 * link or its content, and git's index its entry, so that git-annex can adjust the branch anew.
 * @throws Fault results/…
 */
export async function fillWorkTree(
  repository: Repository,
  path: string,
  key: string,
  listed: ListedFile | null,
): Promise<void> {
  const object = objectPath(repository, key);
  await within(repository, dirname(path), repository.root);
  try {
    const found = await lstat(path).catch(() => null);
    if (found?.isFile()) {
      await copyInto(object, path, found.mode | 0o200);
      await noteUnchanged(repository, pathWithin(repository, path));
    } else if (found === null) {
      await mkdir(dirname(path), { recursive: true });
      if (listed?.kind === "file") await copyInto(object, path, 0o644);
      else await symlink(linkTo(repository, path, object), path);
      if (listed !== null) await addToIndex(repository, listed);
    }
  } catch (error) {
    throw writingFault(error, path);
  }
}

/** A link's text as git-annex writes it: by way of the .git at the top, wherever that leads. */
function linkTo(repository: Repository, path: string, object: string): string {
  const top = join(repository.root, ".git", relative(repository.gitFolder, object));
  return relative(dirname(path), top).split(sep).join("/");
}

/** By a copy beside it that takes its place; a copy that shares its blocks where the disk can do that. */
async function copyInto(object: string, path: string, mode: number): Promise<void> {
  const beside = join(dirname(path), `.concord-${process.pid}-${Date.now()}.part`);
  try {
    await copyFile(object, beside, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(beside, mode & 0o777);
    // Git reads a file anew that is as young as its index, and would find no pointer in it.
    const before = Date.now() / 1000 - 2;
    await utimes(beside, before, before);
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
  const lines = newest(await branch.lines(log));
  const known = lines.find(({ value }) => value === uuid);
  // Never older than what it supersedes, whatever the clock says.
  const seconds = Math.max(Date.now() / 1000, (known?.seconds ?? 0) + 1);
  const others = lines.filter((line) => line !== known).map(({ text }) => text);
  const text = [`${seconds.toFixed(6)}s 1 ${uuid}`, ...others].map((line) => `${line}\n`).join("");
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
