import { readdir, statfs } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { AnnexFile, AnnexStatus, FileState } from "#app/contract/annex.ts";
import { Fault } from "#app/contract/fault.ts";
import type { AnnexKey } from "./annex-key.ts";
import { fileState, keyOfLink, readPointer } from "./file-state.ts";
import { GitObjects, type ListedFile } from "./git-objects.ts";
import { pathWithin, type Repository, repositoryAt, repositoryOf } from "./repository.ts";
import { listedSubdatasets } from "./uninstalled-subdatasets.ts";

/** No dataset's folders go deeper. */
const DEEPEST = 32;
/** Files looked at side by side. */
const AT_ONCE = 32;

/**
 * The state of every file of a dataset that git-annex or git-lfs may hold back, in installed subdatasets too. No
 * content is read: what has the right size counts as present.
 * @throws Fault dataset/not-found; the signal's reason when aborted
 */
export async function annexStatus(folder: string, signal?: AbortSignal): Promise<AnnexStatus> {
  const root = resolve(folder);
  const found = new StatusWalk(root, signal);
  await found.walk(root, await listingOf(await repositoryOf(root)), 0);
  const { bavail, bsize } = await statfs(root);
  return summary(root, found.files, found.uninstalled, bavail * bsize);
}

/** What a repository's checked-out commit lists, by the path relative to the repository's top. */
export interface Listing {
  readonly repository: Repository | null;
  readonly files: ReadonlyMap<string, ListedFile>;
  /** The key that is committed at a path; null where the file itself is. */
  keyAt(path: string): Promise<AnnexKey | null>;
}

/** A repository's listing: of the branch that an adjusted branch was made from, which hides nothing. */
export async function listingOf(repository: Repository | null): Promise<Listing> {
  const objects = repository === null ? null : new GitObjects(repository);
  const head = (await objects?.headRef()) ?? null;
  const adjusted = /^refs\/heads\/adjusted\/(.+)\([^()]*\)$/.exec(head ?? "")?.[1];
  const commit =
    (adjusted === undefined ? null : await objects?.commitOf(`refs/heads/${adjusted}`)) ??
    (await objects?.commitOf("HEAD"));
  const listed = commit == null ? [] : ((await objects?.list(commit).catch(() => null)) ?? []);
  const files = new Map(listed.map((file) => [file.path, file]));
  return {
    repository,
    files,
    async keyAt(path) {
      const file = files.get(path);
      if (file === undefined || file.kind === "subdataset") return null;
      const text = Buffer.from((await objects?.blob(file.oid)) ?? []).toString("utf8");
      return file.kind === "link" ? keyOfLink(text) : (readPointer(text.slice(0, 32 * 1024))?.key ?? null);
    },
  };
}

class StatusWalk {
  readonly files: AnnexFile[] = [];
  readonly uninstalled: string[] = [];
  readonly #seen = new Set<string>();
  readonly #root: string;
  readonly #signal: AbortSignal | undefined;

  constructor(root: string, signal?: AbortSignal) {
    this.#root = root;
    this.#signal = signal;
  }

  /** Links to folders are not followed. */
  async walk(folder: string, listing: Listing, depth: number): Promise<void> {
    this.#signal?.throwIfAborted();
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null && depth === 0) throw new Fault("dataset/not-found", { path: folder });
    const kept = (entries ?? []).filter(({ name }) => name !== ".git" && depth <= DEEPEST);
    // Side by side, as most of the time is the disk's.
    for (let i = 0; i < kept.length; i += AT_ONCE) {
      const looks = kept.slice(i, i + AT_ONCE).map(async (entry) => {
        const path = join(folder, entry.name);
        this.#seen.add(path);
        if (!entry.isDirectory()) await this.#look(path, listing);
      });
      await Promise.all(looks);
      this.#signal?.throwIfAborted();
    }
    for (const entry of kept) {
      if (entry.isDirectory()) await this.#enter(join(folder, entry.name), listing, depth);
    }
    if (depth > 0) return;
    await this.#hidden(listing);
  }

  async #enter(path: string, listing: Listing, depth: number): Promise<void> {
    const own = await repositoryAt(path);
    if (own !== null) {
      const inner = await listingOf(own);
      await this.walk(path, inner, depth + 1);
      await this.#hidden(inner);
      return;
    }
    if (await isUninstalled(path, listing)) this.uninstalled.push(this.#relative(path));
    else await this.walk(path, listing, depth + 1);
  }

  async #look(path: string, listing: Listing): Promise<void> {
    const { repository } = listing;
    let state = await fileState(path, repository);
    if (state?.state === "present" && state.key === null && repository !== null) {
      // An unlocked file looks like any other: only git tells that it should be longer.
      const key = await listing.keyAt(pathWithin(repository, path));
      if (key !== null) state = await fileState(path, repository, key);
    }
    if (state !== null) this.#add(path, state);
  }

  /** What the commit lists below the dataset and the disk does not have. */
  async #hidden(listing: Listing): Promise<void> {
    const { repository } = listing;
    if (repository === null) return;
    for (const file of listing.files.values()) {
      const path = join(repository.root, ...file.path.split("/"));
      if (file.kind === "subdataset" || !path.startsWith(this.#root + sep)) continue;
      if (this.#seen.has(path)) continue;
      const state = await fileState(path, repository, await listing.keyAt(file.path));
      // A name that the disk writes otherwise (macOS takes letters and accents apart) was seen already.
      if (state?.state === "hidden") this.#add(path, state);
    }
  }

  #add(path: string, { state, key, sizeBytes }: FileState): void {
    if (state === "present" && key === null) return;
    const own = this.#relative(path);
    const subject = /(?:^|[/_])(sub-[A-Za-z0-9]+)/.exec(own)?.[1] ?? null;
    this.files.push({ path: own, subject, state, key, sizeBytes });
  }

  #relative(path: string): string {
    return relative(this.#root, path).split(sep).join("/");
  }
}

/** An empty folder that the commit, or .gitmodules where there is no commit, lists as a dataset of its own. */
async function isUninstalled(path: string, { repository, files }: Listing): Promise<boolean> {
  const entries = await readdir(path).catch(() => null);
  if (entries === null || entries.length > 0 || repository === null) return false;
  const own = pathWithin(repository, path);
  if (files.get(own)?.kind === "subdataset") return true;
  return (await listedSubdatasets(repository)).includes(own);
}

function summary(
  path: string,
  found: readonly AnnexFile[],
  uninstalled: readonly string[],
  freeBytes: number,
): AnnexStatus {
  const files = [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  const size = ({ sizeBytes }: AnnexFile) => sizeBytes ?? 0;
  const missing = (file: AnnexFile) => (file.state === "present" ? 0 : size(file));
  const sum = (some: readonly AnnexFile[], of: (file: AnnexFile) => number) =>
    some.reduce((total, file) => total + of(file), 0);
  const names = [...new Set(files.map(({ subject }) => subject))].filter((name) => name !== null).sort();
  const subjects = names.map((subject) => {
    const own = files.filter((file) => file.subject === subject);
    return {
      subject,
      files: own.length,
      presentFiles: own.filter(({ state }) => state === "present").length,
      totalBytes: sum(own, size),
      missingBytes: sum(own, missing),
    };
  });
  return {
    path,
    files,
    subjects,
    uninstalled: [...uninstalled].sort(),
    totalBytes: sum(files, size),
    missingBytes: sum(files, missing),
    freeBytes,
  };
}
