import { lstat, open, readlink, stat } from "node:fs/promises";
import type { FileState, FileStateName } from "#app/contract/annex.ts";
import { type AnnexKey, formatKey, parseKey } from "./annex-key.ts";
import { objectPath } from "./object-place.ts";
import type { Repository } from "./repository.ts";

/** The longest text that git-annex takes for a pointer (git-annex, internals/pointer_file). */
const LONGEST_POINTER = 32 * 1024;
/** The longest that git-lfs takes for one (git-lfs, docs/spec.md). */
const LONGEST_LFS_POINTER = 1024;

/** The key that a link of git-annex points to; null of any other link. Windows writes backslashes. */
export function keyOfLink(target: string): AnnexKey | null {
  const parts = target.replace(/\\/g, "/").split("/");
  const git = parts.indexOf(".git");
  const annex = parts.lastIndexOf("annex");
  if (git < 0 || annex < git || parts[annex + 1] !== "objects" || annex + 3 > parts.length - 1) return null;
  const [folder, name] = parts.slice(-2);
  return folder === name && name !== undefined ? parseKey(name) : null;
}

/** What a short text stands for in the place of a content. */
export function readPointer(
  text: string,
): { state: FileStateName; key: AnnexKey | null; sizeBytes: number | null } | null {
  const pointer = /^\/annex\/objects\/([^\n\r/]+)\r?(?:\n|$)/.exec(text);
  if (pointer !== null) {
    const rest = text.slice(pointer[0].length).split("\n");
    const key = rest.every((line) => line === "" || line.includes("/annex/"))
      ? parseKey(pointer[1] ?? "")
      : null;
    return key === null ? null : { state: "pointer", key, sizeBytes: key.sizeBytes };
  }
  const link = /^[^\n\r]{1,4096}\r?\n?$/.test(text) ? keyOfLink(text.trimEnd()) : null;
  if (link !== null) return { state: "link-text", key: link, sizeBytes: link.sizeBytes };
  if (text.startsWith("version https://git-lfs.github.com/spec/v1") && text.length < LONGEST_LFS_POINTER) {
    const size = /^size (\d{1,15})\r?$/m.exec(text)?.[1];
    return { state: "lfs-pointer", key: null, sizeBytes: size === undefined ? null : Number(size) };
  }
  return null;
}

/**
 * The state of the file at a path, by a look at its name and its first bytes: cheap, and to be asked before any format
 * is. `repository` is the one that holds it, or null; `listed` the key that git lists at that path, where it is known:
 * it tells that an unlocked file was cut off, and what a file that is not there would be. Null where there is nothing.
 */
export async function fileState(
  path: string,
  repository: Repository | null,
  listed: AnnexKey | null = null,
): Promise<FileState | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return listed === null ? null : stateOf("hidden", listed, null);
  if (found.isSymbolicLink()) return linkState(path);
  if (!found.isFile()) return null;
  const pointer = found.size <= LONGEST_POINTER ? readPointer(await textOf(path, found.size)) : null;
  if (pointer === null) {
    if (listed === null) return { state: "present", key: null, sizeBytes: found.size, contentPath: path };
    return contentState(path, found.size, listed);
  }
  if (pointer.state === "link-text" && pointer.key !== null && repository !== null) {
    const object = objectPath(repository, formatKey(pointer.key));
    const content = await stat(object).catch(() => null);
    if (content?.isFile()) return contentState(object, content.size, pointer.key);
  }
  const key = pointer.key === null ? null : formatKey(pointer.key);
  return { state: pointer.state, key, sizeBytes: pointer.sizeBytes, contentPath: null };
}

async function linkState(path: string): Promise<FileState> {
  const target = await readlink(path);
  const key = keyOfLink(target);
  const content = await stat(path).catch(() => null);
  if (key === null) {
    const state = content === null ? "absent" : "present";
    const contentPath = content === null ? null : path;
    return { state, key: null, sizeBytes: content?.size ?? null, contentPath };
  }
  return content?.isFile() ? contentState(path, content.size, key) : stateOf("absent", key, null);
}

function contentState(contentPath: string, size: number, key: AnnexKey): FileState {
  if (key.sizeBytes !== null && size < key.sizeBytes) return stateOf("truncated", key, null);
  return { ...stateOf("present", key, contentPath), sizeBytes: size };
}

function stateOf(state: FileStateName, key: AnnexKey, contentPath: string | null): FileState {
  return { state, key: formatKey(key), sizeBytes: key.sizeBytes, contentPath };
}

async function textOf(path: string, size: number): Promise<string> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return "";
  try {
    // A pointer tells itself by its first bytes: only then is the rest looked at.
    const head = Buffer.alloc(Math.min(size, 512));
    await file.read(head, 0, head.length, 0);
    if (!/^(\/annex\/|version https:|[^\n]*\.git[/\\])/.test(head.toString("utf8"))) return "";
    const whole = Buffer.alloc(size);
    const { bytesRead } = await file.read(whole, 0, size, 0);
    return whole.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
