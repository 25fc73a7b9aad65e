import { lstat, stat, statfs } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { FileState } from "#app/contract/annex.ts";
import { Fault } from "#app/contract/fault.ts";
import { AnnexBranch } from "./annex-branch.ts";
import { type AnnexKey, formatKey, keyHash, parseKey, verifyFile } from "./annex-key.ts";
import { type Listing, listingOf } from "./annex-status.ts";
import { fileState } from "./file-state.ts";
import { objectPath, partPath } from "./object-place.ts";
import { pathWithin, type Repository, repositoryOf } from "./repository.ts";

/** A repository that files are fetched into, with what was read of it. */
export interface Target {
  readonly repository: Repository;
  readonly branch: AnnexBranch;
  readonly listing: Listing;
}

/** One file to be fetched. */
export interface FetchItem {
  /** As it was asked for. */
  readonly relativePath: string;
  readonly path: string;
  readonly target: Target;
  readonly key: AnnexKey;
  readonly keyText: string;
  readonly state: FileState;
  /** Whether the content itself stands, or must stand, in the work tree. */
  readonly unlocked: boolean;
}

export interface FetchPlan {
  readonly items: readonly FetchItem[];
  readonly present: readonly string[];
  readonly failed: readonly { readonly path: string; readonly fault: Fault }[];
}

/** What room git-annex leaves on a disk unless it is told otherwise (annex.diskreserve). */
const RESERVE_BYTES = 100e6;

/**
 * What must be fetched that files of a dataset are there; `verify` reads those that are there too. Paths are relative to
 * the dataset, with forward slashes.
 * @throws Fault call/refused of a path that leaves the dataset; the signal's reason
 */
export async function planFetch(
  datasetPath: string,
  relativePaths: readonly string[],
  { verify = false, signal }: { readonly verify?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<FetchPlan> {
  const root = resolve(datasetPath);
  const targets = new Map<string, Target>();
  const items: FetchItem[] = [];
  const present: string[] = [];
  const failed: { path: string; fault: Fault }[] = [];
  for (const relativePath of new Set(relativePaths)) {
    signal?.throwIfAborted();
    const path = resolve(root, relativePath);
    if (!path.startsWith(root + sep)) throw new Fault("call/refused");
    const target = await targetOf(path, targets);
    const listed = target === null ? null : await target.listing.keyAt(pathWithin(target.repository, path));
    const state = await fileState(path, target?.repository ?? null, listed);
    const key = state?.key == null ? null : parseKey(state.key);
    // Where there are no links, a content that is there may yet have to take the place of a link's text.
    const inPlace = state?.state === "present" && state.contentPath === path;
    if (inPlace && !(verify && key !== null && keyHash(key) !== null)) {
      present.push(relativePath);
    } else if (state === null || key === null || target === null) {
      failed.push({ path: relativePath, fault: noKey(relativePath, state, target) });
    } else if (inPlace && (await verifyFile(path, key, signal))) {
      present.push(relativePath);
    } else {
      const unlocked = (await lstat(path).catch(() => null))?.isFile() === true;
      items.push({ relativePath, path, target, key, keyText: formatKey(key), state, unlocked });
    }
  }
  return { items, present, failed };
}

/** The bytes that are still to arrive. */
export async function missingBytes({ key, keyText, target }: FetchItem): Promise<number> {
  const part = await stat(partPath(target.repository, keyText)).catch(() => null);
  return Math.max(0, (key.sizeBytes ?? 0) - (part?.size ?? 0));
}

/** @throws Fault annex/no-space where the disk has no room for all of it */
export async function checkSpace(datasetPath: string, items: readonly FetchItem[]): Promise<void> {
  let needed = items.length === 0 ? 0 : RESERVE_BYTES;
  for (const item of items)
    needed += (await missingBytes(item)) + (item.unlocked ? (item.key.sizeBytes ?? 0) : 0);
  const { bavail, bsize } = await statfs(datasetPath);
  const free = bavail * bsize;
  if (free < needed) {
    throw new Fault("annex/no-space", {
      path: datasetPath,
      needed: gigabytes(needed),
      free: gigabytes(free),
    });
  }
}

/** Whether git-annex has the whole content, so that nothing need be downloaded. */
export async function hasObject({ target, key, keyText }: FetchItem, signal?: AbortSignal): Promise<boolean> {
  const object = objectPath(target.repository, keyText);
  return (await stat(object).catch(() => null))?.isFile() ? verifyFile(object, key, signal) : false;
}

async function targetOf(path: string, known: Map<string, Target>): Promise<Target | null> {
  const repository = await repositoryOf(dirname(path));
  if (repository === null) return null;
  let target = known.get(repository.root);
  if (target === undefined) {
    target = { repository, branch: new AnnexBranch(repository), listing: await listingOf(repository) };
    known.set(repository.root, target);
  }
  return target;
}

function noKey(path: string, state: FileState | null, target: Target | null): Fault {
  const detail =
    state === null
      ? "the dataset has no such file"
      : state.state === "lfs-pointer"
        ? "git-lfs holds it"
        : target === null
          ? "its folder is a copy without git's own files"
          : "it is a link that git-annex knows nothing of";
  return new Fault("annex/no-source", { path, detail });
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
