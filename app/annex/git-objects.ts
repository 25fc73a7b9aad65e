import fs from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readBlob, readTree, resolveRef, type TreeEntry } from "isomorphic-git";
import type { Repository } from "./repository.ts";

/** One entry of a commit's tree that is no folder. */
export interface ListedFile {
  /** Relative to the repository's top, with forward slashes. */
  readonly path: string;
  readonly oid: string;
  readonly kind: "file" | "link" | "subdataset";
}

/** Reads what a repository committed, without git. It keeps the packs it has read in memory: let go of it soon. */
export class GitObjects {
  readonly #base: { readonly fs: typeof fs; readonly gitdir: string; readonly cache: object };

  constructor(repository: Pick<Repository, "gitFolder">) {
    this.#base = { fs, gitdir: repository.gitFolder, cache: {} };
  }

  /** The commit of a ref, "HEAD" or in full ("refs/heads/git-annex"); null where there is none. */
  async commitOf(ref: string): Promise<string | null> {
    return resolveRef({ ...this.#base, ref }).catch(() => null);
  }

  /** Where HEAD points: "refs/heads/main"; null where it points to a commit itself. */
  async headRef(): Promise<string | null> {
    const ref = await resolveRef({ ...this.#base, ref: "HEAD", depth: 2 }).catch(() => null);
    return ref?.startsWith("refs/") ? ref : null;
  }

  /** Refs such as "refs/remotes/origin/git-annex", of every remote that has the branch. */
  async remoteRefs(branch: string): Promise<string[]> {
    const loose = await readdir(join(this.#base.gitdir, "refs", "remotes")).catch(() => []);
    const packed = await fs.promises.readFile(join(this.#base.gitdir, "packed-refs"), "utf8").catch(() => "");
    const named = [...packed.matchAll(/ refs\/remotes\/([^/\s]+)\//g)].map(([, name = ""]) => name);
    return [...new Set([...loose, ...named])].sort().map((name) => `refs/remotes/${name}/${branch}`);
  }

  /** The content at a path of a commit; null where there is none. */
  async fileAt(commit: string, filepath: string): Promise<Uint8Array | null> {
    const found = await readBlob({ ...this.#base, oid: commit, filepath }).catch(() => null);
    return found?.blob ?? null;
  }

  async blob(oid: string): Promise<Uint8Array | null> {
    const found = await readBlob({ ...this.#base, oid }).catch(() => null);
    return found?.blob ?? null;
  }

  /** All entries of a commit's tree but folders. @throws the library's error where an object is missing or damaged */
  async list(commit: string): Promise<ListedFile[]> {
    const files: ListedFile[] = [];
    const walk = async (oid: string, prefix: string, depth: number): Promise<void> => {
      if (depth > DEEPEST) throw new Error("the tree is too deep");
      const { tree } = await readTree({ ...this.#base, oid });
      for (const entry of tree) {
        const path = `${prefix}${entry.path}`;
        if (entry.type === "tree") await walk(entry.oid, `${path}/`, depth + 1);
        else files.push({ path, oid: entry.oid, kind: kindOf(entry) });
      }
    };
    await walk(commit, "", 0);
    return files;
  }
}

/** No dataset's folders go deeper. */
const DEEPEST = 64;

function kindOf({ mode, type }: TreeEntry): ListedFile["kind"] {
  if (type === "commit") return "subdataset";
  return mode === "120000" ? "link" : "file";
}
