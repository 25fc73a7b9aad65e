import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashDirLower } from "./annex-key.ts";
import { GitObjects } from "./git-objects.ts";
import type { Repository } from "./repository.ts";

/** The repository "web" that every git-annex knows. */
export const WEB_UUID = "00000000-0000-0000-0000-000000000001";

/** A special remote as remote.log tells of it: its settings by name ("type", "publicurl", "encryption"). */
export type RemoteSettings = ReadonlyMap<string, string>;

/** One line of a log that says whether something is there. */
interface PresenceLine {
  readonly seconds: number;
  /** "1" there, "0" not there, "X" gone for good. */
  readonly status: string;
  readonly value: string;
  /** The line itself. */
  readonly text: string;
}

/**
 * What a repository's git-annex branch tells (git-annex, doc/internals), read without git-annex and without git: the
 * repository's own branch, those of its remotes, and the journal of what is not committed yet, taken together.
 */
export class AnnexBranch {
  readonly #repository: Repository;
  readonly #objects: GitObjects;
  #commits: Promise<string[]> | null = null;

  constructor(repository: Repository, objects = new GitObjects(repository)) {
    this.#repository = repository;
    this.#objects = objects;
  }

  /** The UUIDs of the repositories that say they have a key's content. */
  async locations(key: string): Promise<string[]> {
    return present(await this.lines(locationLog(key)));
  }

  /** The http and https addresses that are recorded for a key. */
  async webAddresses(key: string): Promise<string[]> {
    const lines = await this.lines(`${locationLog(key)}.web`);
    return present(lines).filter((address) => /^https?:\/\//i.test(address));
  }

  /** The versions of a key in a special remote of S3 that keeps them: the object's name and its version. */
  async versions(key: string, uuid: string): Promise<{ object: string; version: string }[]> {
    const values = new Map<string, { seconds: number; set: boolean }>();
    for (const line of await this.lines(`${locationLog(key)}.rmet`)) {
      const [time = "", ...words] = line.split(" ");
      let field = "";
      for (const word of words) {
        if (word.startsWith("+") || word.startsWith("-")) {
          if (field !== `${uuid}:V`) continue;
          const value = decoded(word.slice(1));
          const known = values.get(value);
          const seconds = secondsOf(time);
          if (known === undefined || known.seconds <= seconds) {
            values.set(value, { seconds, set: word.startsWith("+") });
          }
        } else field = word;
      }
    }
    return [...values]
      .filter(([value, { set }]) => set && value.includes("#"))
      .sort(([, a], [, b]) => b.seconds - a.seconds)
      .map(([value]) => {
        const cut = value.indexOf("#");
        return { version: value.slice(0, cut), object: value.slice(cut + 1) };
      });
  }

  /** The special remotes by their UUID. */
  async specialRemotes(): Promise<ReadonlyMap<string, RemoteSettings>> {
    const found = new Map<string, { seconds: number; settings: RemoteSettings }>();
    for (const line of await this.lines("remote.log")) {
      const [uuid = "", ...words] = line.split(" ");
      const settings = new Map(
        words.map((word) => {
          const cut = word.indexOf("=");
          return [word.slice(0, Math.max(cut, 0)), unescaped(word.slice(cut + 1))];
        }),
      );
      const seconds = secondsOf(settings.get("timestamp") ?? "");
      if ((found.get(uuid)?.seconds ?? -1) <= seconds) found.set(uuid, { seconds, settings });
    }
    return new Map([...found].map(([uuid, { settings }]) => [uuid, settings]));
  }

  /** What the repositories are called, by their UUID. */
  async descriptions(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, { seconds: number; text: string }>();
    for (const line of await this.lines("uuid.log")) {
      const [, uuid = "", text = "", time = ""] = /^(\S+) (.*?)(?: timestamp=(\S+))?$/.exec(line) ?? [];
      const seconds = secondsOf(time);
      if ((found.get(uuid)?.seconds ?? -1) <= seconds) found.set(uuid, { seconds, text });
    }
    return new Map([...found].map(([uuid, { text }]) => [uuid, text]));
  }

  /** The lines of one file of the branch, each once; none where it has no such file. */
  async lines(name: string): Promise<string[]> {
    this.#commits ??= this.#findCommits();
    const texts = [await readFile(journalPath(this.#repository, name), "utf8").catch(() => "")];
    for (const commit of await this.#commits) {
      const blob = await this.#objects.fileAt(commit, name);
      if (blob !== null) texts.push(Buffer.from(blob).toString("utf8"));
    }
    return [...new Set(texts.flatMap((text) => text.split("\n")))].filter((line) => line !== "");
  }

  async #findCommits(): Promise<string[]> {
    const refs = ["refs/heads/git-annex", ...(await this.#objects.remoteRefs("git-annex"))];
    const commits = await Promise.all(refs.map((ref) => this.#objects.commitOf(ref)));
    return [...new Set(commits.filter((commit) => commit !== null))];
  }
}

/** The file of the branch that says where a key's content is. */
export function locationLog(key: string): string {
  return `${hashDirLower(key)}/${key}.log`;
}

/** Where git-annex keeps a changed file of the branch until it commits it (git-annex, Annex/Journal.hs, journalFile). */
export function journalPath({ gitFolder }: Repository, name: string): string {
  const flat = name.replace(/[/_]/g, (letter) => (letter === "/" ? "_" : "__"));
  return join(gitFolder, "annex", "journal", flat);
}

/** The newest line of each value. */
export function newest(lines: readonly string[]): PresenceLine[] {
  const found = new Map<string, PresenceLine>();
  for (const line of lines) {
    const [, time = "", status = "", value = ""] = /^(\S+) ([01X]) (.+?)\r?$/.exec(line) ?? [];
    const seconds = secondsOf(time);
    if (value !== "" && (found.get(value)?.seconds ?? -1) <= seconds)
      found.set(value, { seconds, status, value, text: line });
  }
  return [...found.values()];
}

function present(lines: readonly string[]): string[] {
  return newest(lines)
    .filter(({ status }) => status === "1")
    .map(({ value }) => value);
}

/** "1795546772.986315498s"; newer ones than the clock can tell are plain numbers. */
function secondsOf(time: string): number {
  const seconds = Number.parseFloat(time);
  return Number.isFinite(seconds) ? seconds : 0;
}

/** remote.log writes spaces and the like as "&32;". */
function unescaped(value: string): string {
  return value.replace(/&(\d{1,7});/g, (_, code: string) =>
    String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  );
}

/** Values with spaces and the like are written as "!" and base64. */
function decoded(value: string): string {
  return value.startsWith("!") ? Buffer.from(value.slice(1), "base64").toString("utf8") : value;
}
