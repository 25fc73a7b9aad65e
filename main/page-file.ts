import nodePath from "node:path";

/** Of node:path, for this system or, in tests, another. */
type PathRules = Pick<typeof nodePath, "isAbsolute" | "join" | "relative">;

export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === "app:" && url.host === "bundle";
}

/** The file of the built page that an address names, or null for any other place: nothing above `folder` is served. */
export function pageFile(folder: string, address: string, path: PathRules = nodePath): string | null {
  if (!isOurPage(address)) return null;
  let name: string;
  try {
    name = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  // The page's own files have plain names: no drive, no stream of Windows, no other way to write a separator.
  if (!/^(\/[\w-][\w.-]*)+$/.test(name)) return null;
  const file = path.join(folder, name);
  const inside = path.relative(folder, file);
  return inside.startsWith("..") || path.isAbsolute(inside) ? null : file;
}
