import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TinyFiles, writeStudy } from "#test/dataset/tiny-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { WebServer } from "./web-server.ts";

/** A study as a git-annex dataset: its origin served on this machine, and a clone in which files are only named. */
export class TinyAnnex {
  readonly clone: string;
  readonly server: WebServer;
  readonly #top: string;

  private constructor(top: string, server: WebServer) {
    this.#top = top;
    this.clone = join(top, "clone");
    this.server = server;
  }

  /** Images go to git-annex, all else to git. `present` begins the paths that the clone has. */
  static async make(files: TinyFiles, present: readonly string[]): Promise<TinyAnnex> {
    const top = temporaryFolder("annex");
    const server = await WebServer.start(() => join(top, "www"));
    const made = new TinyAnnex(top, server);
    const source = await writeStudy({
      ...files,
      ".gitattributes": "* annex.largefiles=nothing\n*.nii.gz annex.largefiles=anything\n",
    });
    const origin = join(top, "www", "origin.git");
    mkdirSync(origin, { recursive: true });
    writeFileSync(
      join(top, "gitconfig"),
      "[init]\n\tdefaultBranch = main\n[user]\n\tname = a\n\temail = a@b\n",
    );
    made.#git(origin, "init", "-q", "--bare");
    made.#git(origin, "annex", "init", "-q", "origin");
    made.#git(source, "init", "-q");
    made.#git(source, "annex", "init", "-q", "source");
    made.#git(source, "annex", "add", "-q", ".");
    made.#git(source, "add", ".");
    made.#git(source, "commit", "-q", "-m", "files");
    made.#git(source, "remote", "add", "origin", origin);
    made.#git(source, "annex", "sync", "-q", "--content", "origin");
    made.#git(origin, "symbolic-ref", "HEAD", "refs/heads/synced/main");
    made.#git(origin, "update-server-info");
    made.#git(top, "clone", "-q", "-o", "origin", origin, made.clone);
    made.#git(made.clone, "annex", "init", "-q", "clone");
    for (const path of present) made.#git(made.clone, "annex", "get", "-q", path, "--from", "origin");
    made.#git(made.clone, "remote", "set-url", "origin", `${server.address}/origin.git`);
    made.#git(made.clone, "config", "--unset", "remote.origin.annex-uuid");
    execFileSync("chmod", ["-R", "u+w", source]);
    rmSync(source, { recursive: true });
    return made;
  }

  async remove(): Promise<void> {
    await this.server.close();
    execFileSync("chmod", ["-R", "u+w", this.#top]);
    rmSync(this.#top, { recursive: true, force: true });
  }

  #git(folder: string, ...args: string[]): void {
    const env = {
      ...process.env,
      HOME: this.#top,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: join(this.#top, "gitconfig"),
    };
    execFileSync("git", args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  }
}
