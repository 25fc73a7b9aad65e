import { join } from "node:path";
import { hashDirLower, hashDirMixed } from "./annex-key.ts";
import { isTrue, settingOf } from "./git-config.ts";
import type { Repository } from "./repository.ts";

/** Where a repository keeps the content of a key, as git-annex itself would choose (git-annex, Annex/Locations). */
export function objectPath(repository: Repository, key: string): string {
  const folders = isLower(repository) ? hashDirLower(key) : hashDirMixed(key);
  return join(repository.gitFolder, "annex", "objects", ...folders.split("/"), key, key);
}

/** Where a content lies while it arrives: git-annex keeps its own unfinished ones in the same folder. */
export function partPath(repository: Repository, key: string): string {
  return join(repository.gitFolder, "annex", "tmp", `${key}.part`);
}

/** Bare repositories, those tuned so, and those on disks without links use the lower-case directories. */
function isLower({ bare, config }: Repository): boolean {
  const crippled = isTrue(settingOf(config, "annex.crippledfilesystem"));
  const links = settingOf(config, "core.symlinks") === null || isTrue(settingOf(config, "core.symlinks"));
  return bare || isTrue(settingOf(config, "annex.tune.objecthashlower")) || (crippled && !links);
}
