import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parseGitConfig, settingOf, subsections } from "./git-config.ts";
import { type Repository, shortText } from "./repository.ts";

/** The folders that .gitmodules lists as datasets of their own: with forward slashes, from the repository's top. */
export async function listedSubdatasets(repository: Repository): Promise<string[]> {
  const modules = parseGitConfig((await shortText(join(repository.root, ".gitmodules"))) ?? "");
  return subsections(modules, "submodule").flatMap(
    (name) => settingOf(modules, `submodule.${name}.path`) ?? [],
  );
}

/**
 * Those of them below `root`, relative to it, that are empty or not there: what is in them is not known until they are
 * installed.
 */
export async function uninstalledSubdatasets(repository: Repository, root: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await listedSubdatasets(repository)) {
    const full = join(repository.root, ...path.split("/"));
    const own = relative(root, full).split(sep).join("/");
    if (own === "" || own.startsWith("..") || own.startsWith("/")) continue;
    const entries = await readdir(full).catch(() => []);
    if (entries.length === 0) found.push(own);
  }
  return found.sort();
}
