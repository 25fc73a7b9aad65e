import type { AddressRules } from "./address-rules.ts";
import { type AnnexBranch, type RemoteSettings, WEB_UUID } from "./annex-branch.ts";
import { hashDirLower, hashDirMixed } from "./annex-key.ts";
import { isTrue, parseGitConfig, settingOf, subsections } from "./git-config.ts";
import { readShort } from "./http-request.ts";
import type { Repository } from "./repository.ts";

/** A git repository that is served over HTTP. */
interface WebRemote {
  readonly uuid: string | null;
  /** Where its git folder is served, the likeliest first. */
  readonly folders: readonly { readonly address: string; readonly bare: boolean | null }[];
}

const LONGEST_CONFIG = 64 * 1024;

/** Finds the web addresses of contents; asks each remote once who it is. */
export class Sources {
  readonly #repository: Repository;
  readonly #branch: AnnexBranch;
  readonly #rules: AddressRules;
  readonly #signal: AbortSignal | undefined;
  #remotes: Promise<WebRemote[]> | null = null;
  #special: Promise<ReadonlyMap<string, RemoteSettings>> | null = null;

  constructor(repository: Repository, branch: AnnexBranch, rules: AddressRules, signal?: AbortSignal) {
    this.#repository = repository;
    this.#branch = branch;
    this.#rules = rules;
    this.#signal = signal;
  }

  /**
   * Where a key's content may be had, the likeliest first: addresses of its own, special remotes with a public
   * address, git remotes that say they have it, and last those that do not say.
   */
  async of(key: string): Promise<string[]> {
    const uuids = await this.#branch.locations(key);
    const addresses = await this.#branch.webAddresses(key);
    this.#special ??= this.#branch.specialRemotes();
    const special = await this.#special;
    for (const uuid of uuids) {
      const settings = special.get(uuid);
      if (settings !== undefined) addresses.push(...(await this.#specialAddresses(key, uuid, settings)));
    }
    this.#remotes ??= this.#webRemotes();
    const remotes = await this.#remotes;
    const has = ({ uuid }: WebRemote) => uuid !== null && uuids.includes(uuid);
    for (const remote of [...remotes.filter(has), ...remotes.filter((other) => !has(other))]) {
      addresses.push(...remote.folders.flatMap((folder) => objectAddresses(folder, key)));
    }
    return [...new Set(addresses)];
  }

  /** What the repositories that have a content are called, for who must fetch it otherwise. */
  async holders(key: string): Promise<string[]> {
    const names = await this.#branch.descriptions();
    const own = settingOf(this.#repository.config, "annex.uuid");
    const uuids = (await this.#branch.locations(key)).filter((uuid) => uuid !== own);
    return uuids.map((uuid) => (uuid === WEB_UUID ? "the web" : (names.get(uuid) ?? uuid)));
  }

  async #specialAddresses(key: string, uuid: string, settings: RemoteSettings): Promise<string[]> {
    const get = (name: string) => settings.get(name) ?? "";
    if (!["", "none"].includes(get("encryption")) || get("chunk") !== "") return [];
    if (get("type") === "git") return this.#locationOf(get("location"), key);
    if (get("type") === "httpalso" && !isTrue(get("exporttree"))) {
      const folder = withoutSlash(get("url"));
      return folder === "" ? [] : [`${folder}/${hashDirLower(key)}/${key}/${key}`, `${folder}/${key}`];
    }
    if (get("type") !== "S3") return [];
    const bucket = /^[a-z0-9.-]{3,63}$/.test(get("bucket")) ? get("bucket") : "";
    const own = isTrue(get("public")) && bucket !== "" ? `https://${bucket}.s3.amazonaws.com` : "";
    const base = withoutSlash(get("publicurl")) || own;
    if (base === "") return [];
    const address = (object: string) => `${base}/${object.split("/").map(encodeURIComponent).join("/")}`;
    const versions = await this.#branch.versions(key, uuid);
    if (versions.length > 0) {
      return versions.map(
        ({ object, version }) => `${address(object)}?versionId=${encodeURIComponent(version)}`,
      );
    }
    return isTrue(get("exporttree")) ? [] : [address(`${get("fileprefix")}${key}`)];
  }

  async #locationOf(location: string, key: string): Promise<string[]> {
    if (!/^https?:\/\//i.test(location)) return [];
    return objectAddresses({ address: withoutSlash(location), bare: null }, key);
  }

  async #webRemotes(): Promise<WebRemote[]> {
    const { config } = this.#repository;
    const found: WebRemote[] = [];
    for (const name of subsections(config, "remote")) {
      const setting = (variable: string) => settingOf(config, `remote.${name}.${variable}`);
      const url = setting("annexurl") ?? setting("url") ?? "";
      if (/^https?:\/\//i.test(url))
        found.push(await this.#askRemote(withoutSlash(url), setting("annex-uuid")));
    }
    return found;
  }

  /** Its config file tells who it is and where its contents lie; GIN serves it only at the name without ".git". */
  async #askRemote(url: string, uuid: string | null): Promise<WebRemote> {
    const places = [url, `${url}/.git`, ...(url.endsWith(".git") ? [url.slice(0, -4)] : [])];
    for (const address of places) {
      const options = { rules: this.#rules, signal: this.#signal };
      const config = await readShort(`${address}/config`, LONGEST_CONFIG, options).then(
        (text) => parseGitConfig(text ?? ""),
        () => null,
      );
      this.#signal?.throwIfAborted();
      // The download meets the same failure and tells it.
      if (config === null) return { uuid, folders: [{ address, bare: null }] };
      const told = settingOf(config, "annex.uuid");
      if (told !== null) {
        return { uuid: told, folders: [{ address, bare: isTrue(settingOf(config, "core.bare")) }] };
      }
    }
    // Who is known to have contents and does not show the file is asked for them all the same.
    return { uuid, folders: uuid === null ? [] : places.map((address) => ({ address, bare: null })) };
  }
}

function objectAddresses(folder: { address: string; bare: boolean | null }, key: string): string[] {
  const at = (folders: string) =>
    `${folder.address}/annex/objects/${folders}/${urlName(key)}/${urlName(key)}`;
  const [lower, mixed] = [at(hashDirLower(key)), at(hashDirMixed(key))];
  return folder.bare === false ? [mixed, lower] : [lower, mixed];
}

function urlName(key: string): string {
  return encodeURIComponent(key);
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
