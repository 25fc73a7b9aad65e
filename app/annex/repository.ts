import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type GitConfig, isTrue, parseGitConfig, settingOf } from "./git-config.ts";

/** A git repository on this disk. */
export interface Repository {
  /** The top of its work tree; its git folder where it is bare. */
  readonly root: string;
  /** The real path of its git folder, usually root/.git. */
  readonly gitFolder: string;
  readonly bare: boolean;
  readonly config: GitConfig;
}

/** No config file is larger; nothing of a stranger's is read without an end. */
const LARGEST_TEXT = 1 << 20;

/** The repository that holds a path: the nearest folder upwards with a .git. Null where there is none. */
export async function repositoryOf(path: string): Promise<Repository | null> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await repositoryAt(folder);
    if (found !== null || folder === dirname(folder)) return found;
  }
}

/** The repository whose top is this folder, or null. */
export async function repositoryAt(folder: string): Promise<Repository | null> {
  const gitFolder = await gitFolderAt(folder);
  if (gitFolder === null) return null;
  const text = await shortText(join(gitFolder, "config"));
  if (text === null) return null;
  const config = parseGitConfig(text);
  return { root: folder, gitFolder, bare: isTrue(settingOf(config, "core.bare")), config };
}

/** The path of a file in its repository, with forward slashes. */
export function pathWithin(repository: Repository, path: string): string {
  return relative(repository.root, path).split(sep).join("/");
}

/** A file's text; null where there is none, or one too long to be what it should be. */
export async function shortText(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size > LARGEST_TEXT) return null;
  return readFile(path, "utf8").catch(() => null);
}

/** .git is a folder, a link to one (git-annex in subdatasets), or a file that says where it is (git in those). */
async function gitFolderAt(folder: string): Promise<string | null> {
  const place = join(folder, ".git");
  const found = await lstat(place).catch(() => null);
  if (found?.isFile()) {
    const target = /^gitdir: (.+?)\r?\n?$/.exec((await shortText(place)) ?? "")?.[1];
    return target === undefined ? null : realpath(resolve(folder, target)).catch(() => null);
  }
  if (found !== null) return realpath(place).catch(() => null);
  return null;
}
