import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parseGitConfig, settingOf, subsections } from "./git-config.ts";
import { type Repository, shortText } from "./repository.ts";

/**
 * Folders below `root`, relative to it with forward slashes, that .gitmodules lists as datasets of their own and that are
 * empty or not there: what is in them is not known until they are installed.
 */
export async function uninstalledSubdatasets(repository: Repository, root: string): Promise<string[]> {
  const modules = parseGitConfig((await shortText(join(repository.root, ".gitmodules"))) ?? "");
  const found: string[] = [];
  for (const name of subsections(modules, "submodule")) {
    const path = settingOf(modules, `submodule.${name}.path`);
    if (path === null) continue;
    const full = join(repository.root, ...path.split("/"));
    const own = relative(root, full).split(sep).join("/");
    if (own === "" || own.startsWith("..") || own.startsWith("/")) continue;
    const entries = await readdir(full).catch(() => []);
    if (entries.length === 0) found.push(own);
  }
  return found.sort();
}
