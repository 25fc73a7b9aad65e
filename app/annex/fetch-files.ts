import { open, rm, stat } from "node:fs/promises";
import type { FetchOutcome, FetchProgress } from "#app/contract/annex.ts";
import { Fault } from "#app/contract/fault.ts";
import type { AddressRules, Resolver } from "./address-rules.ts";
import { keyHash } from "./annex-key.ts";
import { download, type SizedKey } from "./download.ts";
import { FetchMeter } from "./fetch-meter.ts";
import { checkSpace, type FetchItem, hasObject, planFetch } from "./fetch-plan.ts";
import { getByGitAnnex } from "./installed-annex.ts";
import { objectPath, partPath } from "./object-place.ts";
import { fillWorkTree, noteLocation, putObject, setAside } from "./put-in-place.ts";
import { pathWithin } from "./repository.ts";
import { Sources } from "./sources.ts";

export interface FetchOptions {
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets addresses of this machine pass: for tests. */
  readonly allowLoopback?: boolean;
  /** Also reads files that are there, and fetches again what is not what its key tells. */
  readonly verify?: boolean;
  /** Looks names up instead of the system. */
  readonly resolve?: Resolver;
  /** Waits before further tries, and the silence after which a connection counts as lost. */
  readonly waitsMs?: readonly number[];
  readonly silenceMs?: number;
}

/**
 * Fetches files of a git-annex dataset (paths relative to it) from the web, verifies them and puts them where git-annex
 * keeps them; what can't be had so is asked of git-annex, where it is installed. An abort is a pause: what has arrived
 * is kept, and a later call goes on. One file that can't be had does not keep the others.
 * @throws Fault annex/no-space, call/refused, results/…; the signal's reason
 */
export async function fetchFiles(
  datasetPath: string,
  relativePaths: readonly string[],
  options: FetchOptions = {},
): Promise<FetchOutcome> {
  return inTurn(() => fetchNow(datasetPath, relativePaths, options), options.signal);
}

/** Two downloads at once would meet in one part file, and share one line anyway. */
let last: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const turn = last.then(() => {
    signal?.throwIfAborted();
    return work();
  });
  last = turn.catch(() => {});
  return turn;
}

async function fetchNow(
  datasetPath: string,
  relativePaths: readonly string[],
  options: FetchOptions,
): Promise<FetchOutcome> {
  const { items, present, failed } = await planFetch(datasetPath, relativePaths, options);
  await checkSpace(datasetPath, items);
  const size = ({ key }: FetchItem) => key.sizeBytes ?? 0;
  const bytes = items.reduce((sum, item) => sum + size(item), 0);
  const meter = new FetchMeter({ files: items.length, bytes }, options.onProgress);
  const rules = {
    allowLoopback: options.allowLoopback ?? false,
    ...(options.resolve && { resolve: options.resolve }),
  };
  const sources = new Map<string, Sources>();
  const fetched: string[] = [];
  const faults = [...failed];
  for (const item of items) {
    options.signal?.throwIfAborted();
    meter.begin(item.relativePath);
    const { repository, branch } = item.target;
    const known = sources.get(repository.root) ?? new Sources(repository, branch, rules, options.signal);
    sources.set(repository.root, known);
    try {
      await fetchOne(item, known, rules, options, meter);
      fetched.push(item.relativePath);
    } catch (error) {
      options.signal?.throwIfAborted();
      // A full or locked disk stops the others too.
      if (!(error instanceof Fault) || error.code.startsWith("results/")) throw error;
      faults.push({ path: item.relativePath, fault: error });
    }
    meter.end(size(item));
  }
  return {
    fetched,
    present,
    failed: faults.map(({ path, fault: { code, values, message } }) => ({
      path,
      code,
      values,
      text: message,
    })),
  };
}

async function fetchOne(
  item: FetchItem,
  sources: Sources,
  rules: AddressRules,
  options: FetchOptions,
  meter: FetchMeter,
): Promise<void> {
  const { target, keyText, path } = item;
  const { repository, branch } = target;
  const part = partPath(repository, keyText);
  if (!(await hasObject(item, options.signal))) {
    const fault = await downloadFirst(item, part, sources, rules, options, meter);
    if (fault !== null) {
      const got = await getByGitAnnex(repository, path, rules, options.signal);
      if (got && (await stat(path).catch(() => null))?.size === item.key.sizeBytes) return;
      throw fault;
    }
    if ((await stat(objectPath(repository, keyText)).catch(() => null)) !== null)
      await setAside(repository, keyText);
    await putObject(repository, keyText, part);
    await noteLocation(repository, branch, keyText);
  }
  // What stands in the place of an unlocked file is replaced if git-annex left it, not if a person wrote it.
  const replaced = item.state.contentPath !== path && item.state.state !== "truncated";
  if (item.unlocked && !replaced && !(await isBeginning(path, objectPath(repository, keyText)))) {
    const detail = "it is not what its key tells, nor the beginning of it: it was changed here";
    throw new Fault("image/unreadable", { path, detail });
  }
  await fillWorkTree(
    repository,
    path,
    keyText,
    target.listing.files.get(pathWithin(repository, path)) ?? null,
  );
}

/** Tries one address after the other; null once the content is in `part`, else the fault that says most. */
async function downloadFirst(
  { key, relativePath, keyText }: FetchItem,
  part: string,
  sources: Sources,
  rules: AddressRules,
  options: FetchOptions,
  meter: FetchMeter,
): Promise<Fault | null> {
  const noSource = (detail: string) => new Fault("annex/no-source", { path: relativePath, detail });
  if (key.sizeBytes === null || keyHash(key) === null)
    return noSource("its key holds no checksum to verify it by");
  const sized: SizedKey = { ...key, sizeBytes: key.sizeBytes };
  let fault: Fault | null = null;
  for (const address of await sources.of(keyText)) {
    try {
      const onBytes = (count: number) => meter.bytes(count);
      if (await download(address, part, sized, relativePath, { ...options, rules, onBytes })) return null;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof Fault) || error.code.startsWith("results/")) throw error;
      if (error.code === "annex/wrong-content") await rm(part, { force: true });
      fault ??= error;
    }
  }
  const holders = await sources.holders(keyText);
  return (
    fault ?? noSource(holders.length === 0 ? "no copy of it is known" : `only ${holders.join(", ")} has it`)
  );
}

/** Whether a file's bytes are the first of another's. */
async function isBeginning(path: string, whole: string): Promise<boolean> {
  const [a, b] = [await open(path, "r"), await open(whole, "r")];
  try {
    const [left, right] = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
    for (let at = 0; ; ) {
      const { bytesRead } = await a.read(left, 0, left.length, at);
      if (bytesRead === 0) return true;
      const other = await b.read(right, 0, bytesRead, at);
      if (other.bytesRead !== bytesRead || left.compare(right, 0, bytesRead, 0, bytesRead) !== 0)
        return false;
      at += bytesRead;
    }
  } finally {
    await a.close();
    await b.close();
  }
}
