import { posix } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import type { GitObjects, ListedFile } from "./git-objects.ts";

/** No link's text is longer on any system. */
const LONGEST_LINK = 4096;

/**
 * Refuses a stranger's tree before it is checked out: names that lead out of it or into .git (as any file system would
 * read them), and links that leave it or enter .git elsewhere than at git-annex's objects.
 * @throws Fault annex/unsafe-tree
 */
export async function checkTree(
  objects: GitObjects,
  files: readonly ListedFile[],
  address: string,
): Promise<void> {
  const refused = (path: string) => new Fault("annex/unsafe-tree", { address, path: path.slice(0, 200) });
  for (const { path, kind, oid } of files) {
    if (!path.split("/").every(isSafeName)) throw refused(path);
    if (kind !== "link") continue;
    const blob = await objects.blob(oid);
    if (blob === null || blob.length > LONGEST_LINK) throw refused(path);
    if (!isSafeLink(path, Buffer.from(blob).toString("utf8"))) throw refused(path);
  }
}

/** Whether a name in a tree is a name and not a way to git's own folder (git's verify_path, core.protectNTFS and HFS). */
export function isSafeName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no name may hold
  if (name === "" || name === "." || name === ".." || /[/\\\u0000-\u001f]/.test(name)) return false;
  // What HFS+ passes over in names; what Windows cuts off: trailing dots and spaces, and a stream after ":".
  const read = name.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, "").toLowerCase();
  const cut = read.replace(/:.*$/s, "").replace(/[. ]+$/, "");
  return cut !== ".git" && !/^git~\d+$/.test(cut) && !/^[a-z]:/.test(read);
}

/** Whether a link's target stays in the tree: git-annex's own leads into .git/annex/objects. */
export function isSafeLink(path: string, target: string): boolean {
  if (target === "" || target.includes("\\") || target.includes("\0")) return false;
  if (target.startsWith("/") || /^[A-Za-z]:/.test(target)) return false;
  const place = posix.normalize(posix.join(posix.dirname(path), target));
  if (place === ".." || place.startsWith("../")) return false;
  if (place.startsWith(".git/annex/objects/")) return true;
  return place.split("/").every((name) => name === "." || isSafeName(name));
}

/** Whether a server may name a ref so (git-check-ref-format(1)): refs become files. */
export function isSafeRef(ref: string): boolean {
  const parts = ref.split("/");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no ref may hold
  if (!ref.startsWith("refs/") || /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{/.test(ref)) return false;
  return parts.every((part) => part !== "" && !/^\.|\.$|\.lock$/i.test(part));
}
