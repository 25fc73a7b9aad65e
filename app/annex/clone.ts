import { randomUUID } from "node:crypto";
import nodeFs from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { basename, dirname, join, resolve } from "node:path";
import { checkout, clone, currentBranch, setConfig } from "isomorphic-git";
import type { CloneProgress } from "#app/contract/annex.ts";
import { Fault } from "#app/contract/fault.ts";
import { codeOf, writingFault } from "#app/contract/writing-fault.ts";
import { type AddressRules, bareHost, checkedAddresses, checkedUrl, type Resolver } from "./address-rules.ts";
import { GitObjects } from "./git-objects.ts";
import { gitOverHttp } from "./git-over-http.ts";
import { connectionFault, openUrl } from "./http-request.ts";
import { annexSettings } from "./installed-annex.ts";
import { gitSettings, installedProgram, runInstalled } from "./installed-program.ts";
import { repositoryAt } from "./repository.ts";
import { checkTree } from "./tree-check.ts";

export interface CloneOptions {
  readonly onProgress?: ((progress: CloneProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets addresses of this machine pass: for tests. */
  readonly allowLoopback?: boolean;
  readonly resolve?: Resolver;
}

/** Where a repository is served, after redirects. */
interface Served {
  readonly url: URL;
  /** Whether its server speaks git's own protocol, not files alone. */
  readonly smart: boolean;
}

/**
 * Clones a dataset from its web address into a new or empty folder: all that git holds, and no content of git-annex.
 * By git where it is installed, else without; nothing of the dataset is checked out before its tree was judged. Whole
 * or not at all.
 * @throws Fault annex/no-clone, annex/unsafe-tree, annex/refused-address, annex/connection, results/…; the signal's reason
 */
export async function cloneDataset(
  address: string,
  folder: string,
  options: CloneOptions = {},
): Promise<void> {
  const { allowLoopback = false, signal, resolve: resolver } = options;
  const rules = { allowLoopback, ...(resolver && { resolve: resolver }) };
  const target = resolve(folder);
  const there = await readdir(target).catch((error) => (codeOf(error) === "ENOENT" ? null : ["?"]));
  if (there !== null && there.length > 0) throw new Fault("results/exists", { path: target });
  const served = await findServed(address, rules, signal);
  const part = join(dirname(target), `.${basename(target)}.concord-part`);
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(dirname(target), { recursive: true });
    const git = await installedProgram("git");
    if (git === null) await cloneAlone(served, part, rules, options);
    else await cloneByGit(git, served, part, rules, options);
    await beginAnnex(part, rules, signal);
    signal?.throwIfAborted();
    if (there !== null) await rm(target, { recursive: true });
    await rename(part, target);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw writingFault(error, target);
  }
}

/** Asks for the list of branches, as a clone does, and sees where it comes from. */
async function findServed(address: string, rules: AddressRules, signal?: AbortSignal): Promise<Served> {
  const asked = checkedUrl(address, rules);
  const plain = `${asked.origin}${asked.pathname.replace(/\/+$/, "")}`;
  let status = 0;
  for (const place of plain.endsWith(".git") ? [plain] : [plain, `${plain}.git`]) {
    const refs = "/info/refs";
    const response = await openUrl(`${place}${refs}?service=git-upload-pack`, { rules, signal });
    response.message.destroy();
    const { pathname, origin } = response.url;
    status = response.status;
    if (status === 200 && pathname.endsWith(refs)) {
      const smart = /^application\/x-git/.test(response.message.headers["content-type"] ?? "");
      return { url: new URL(`${origin}${pathname.slice(0, -refs.length)}`), smart };
    }
  }
  const detail = status === 401 || status === 403 ? "it asks who you are" : `its server answers ${status}`;
  throw new Fault("annex/no-clone", { address, detail });
}

async function cloneByGit(
  git: string,
  { url }: Served,
  folder: string,
  rules: AddressRules,
  { onProgress, signal }: CloneOptions,
): Promise<void> {
  const host = bareHost(url);
  const addresses = await checkedAddresses(host, rules).catch((error: unknown) => {
    throw connectionFault(error, url.href, signal);
  });
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const pinned = addresses.map(({ address }) => (address.includes(":") ? `[${address}]` : address)).join(",");
  const env = gitSettings({
    ...ONLY_WEB,
    "http.followRedirects": "false",
    "credential.helper": "",
    // The address that was checked is the one that git connects to (git 2.37 and later).
    ...(isIP(host) === 0 && { "http.curloptResolve": `${host}:${port}:${pinned}` }),
  });
  let last = "";
  const onLine = (line: string) => {
    const told = /^(?:remote: )?([A-Z][a-z]+ [a-z]+):\s+\d+% \((\d+)\/(\d+)\)/.exec(line);
    if (told === null) last = /^fatal: /.test(line) ? line.slice(7, 207) : last;
    else onProgress?.({ phase: told[1] ?? "", done: Number(told[2]), total: Number(told[3]) });
  };
  const run = (args: readonly string[], cwd: string) => runInstalled(git, args, { cwd, env, onLine, signal });
  const args = [
    "clone",
    "--progress",
    "--no-checkout",
    "--template=",
    "--origin=origin",
    "--",
    url.href,
    folder,
  ];
  if (!(await run(args, dirname(folder)))) {
    throw new Fault("annex/no-clone", { address: url.href, detail: last || "git gave up" });
  }
  await judge(folder, url.href);
  if (!(await run(["reset", "--quiet", "--hard"], folder))) {
    throw new Fault("annex/no-clone", { address: url.href, detail: last || "git could not write its files" });
  }
}

async function cloneAlone(
  { url, smart }: Served,
  dir: string,
  rules: AddressRules,
  { onProgress, signal }: CloneOptions,
): Promise<void> {
  if (!smart) {
    const detail = "its server holds files alone, which only an installed git can clone";
    throw new Fault("annex/no-clone", { address: url.href, detail });
  }
  const links = { made: true };
  const fs = withLinks(links);
  const tell = ({ phase, loaded, total }: { phase: string; loaded: number; total: number }) => {
    signal?.throwIfAborted();
    onProgress?.({ phase, done: loaded, total: total > 0 ? total : null });
  };
  try {
    await mkdir(dir);
    const http = gitOverHttp(rules, signal);
    await clone({ fs, http, dir, url: url.href, noCheckout: true, onProgress: tell });
    await judge(dir, url.href);
    const ref = (await currentBranch({ fs, dir })) ?? "HEAD";
    await checkout({ fs, dir, ref, force: true, onProgress: tell });
    await describeDisk(dir, links.made);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Fault || codeOf(error)?.startsWith("E")) throw error;
    const detail = error instanceof Error ? error.message.slice(0, 200) : "it is damaged";
    throw new Fault("annex/no-clone", { address: url.href, detail });
  }
}

/** The library writes what fits every disk; git treats links and modes as here only where it is told. */
async function describeDisk(dir: string, links: boolean): Promise<void> {
  const settings = {
    "core.symlinks": links,
    "core.filemode": process.platform !== "win32",
    "core.ignorecase": process.platform === "win32" || process.platform === "darwin",
  };
  for (const [path, value] of Object.entries(settings)) await setConfig({ fs: nodeFs, dir, path, value });
}

/** Where links can't be made (Windows, most often) their text is written, as git does there. */
function withLinks(links: { made: boolean }) {
  const symlink = async (target: string, path: string) => {
    try {
      await nodeFs.promises.symlink(target, path);
    } catch (error) {
      if (!["EPERM", "EACCES", "ENOSYS", "EOPNOTSUPP"].includes(codeOf(error) ?? "")) throw error;
      links.made = false;
      await writeFile(path, target);
    }
  };
  return { promises: { ...nodeFs.promises, symlink } };
}

/** @throws Fault annex/unsafe-tree, annex/no-clone */
async function judge(folder: string, address: string): Promise<void> {
  const objects = new GitObjects({ gitFolder: join(folder, ".git") });
  const commit = await objects.commitOf("HEAD");
  if (commit === null) throw new Fault("annex/no-clone", { address, detail: "it is empty" });
  const files = await objects.list(commit).catch((error: unknown) => {
    // The library has rules for names of its own.
    if (codeOf(error) !== "UnsafeFilepathError") {
      throw new Fault("annex/no-clone", { address, detail: "its objects can't be read" });
    }
    throw new Fault("annex/unsafe-tree", {
      address,
      path: /"(.*)"/s.exec(String(error))?.[1]?.slice(0, 200) ?? ".git",
    });
  });
  await checkTree(objects, files, address);
}

/**
 * Gives the clone its name in git-annex: by git-annex itself, which enables no remote that the dataset asks for, else
 * by the two settings without which git-annex would not go on with what was fetched.
 */
async function beginAnnex(folder: string, rules: AddressRules, signal?: AbortSignal): Promise<void> {
  const repository = await repositoryAt(folder);
  const branch =
    repository === null ? null : await new GitObjects(repository).commitOf("refs/remotes/origin/git-annex");
  if (repository === null || branch === null) return;
  const gitAnnex = await installedProgram("git-annex");
  const env = gitSettings(annexSettings(rules));
  const args = ["init", "--quiet", "--no-autoenable"];
  if (gitAnnex !== null && (await runInstalled(gitAnnex, args, { cwd: folder, env, signal }))) return;
  const settings = { "annex.uuid": randomUUID(), "annex.version": "10" };
  for (const [path, value] of Object.entries(settings)) {
    await setConfig({ fs: nodeFs, dir: folder, path, value });
  }
}

/** What git may connect by, and that it runs no hooks. */
const ONLY_WEB = {
  "core.hooksPath": "/dev/null",
  "protocol.allow": "never",
  "protocol.http.allow": "always",
  "protocol.https.allow": "always",
};
