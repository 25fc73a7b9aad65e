import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";

/** Said of a file that a dataset may not have. */
export const leavesFolder = "it is a link that leaves the dataset's folder";

/**
 * Where a path leads once its links are followed: into `root` (itself without links), to nothing, or out of it. What
 * git-annex keeps of the repository that holds the folder counts as inside: that is where its files are.
 */
export async function whereLeads(root: string, path: string): Promise<"inside" | "outside" | "nowhere"> {
  const real = await realpath(path).catch(() => null);
  if (real === null) return "nowhere";
  if (isInside(root, real)) return "inside";
  const kept = /^(.*?)[\\/]\.git[\\/](?:modules[\\/].+[\\/])?annex[\\/]objects[\\/].*?([^\\/]+)[\\/]\2$/.exec(
    real,
  );
  const repository = kept?.[1];
  return repository !== undefined && isInside(repository, root) ? "inside" : "outside";
}

/** Whether a path, neither with links, lies in a folder or is it. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
