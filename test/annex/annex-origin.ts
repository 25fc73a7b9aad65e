import { spawn, spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { WebServer } from "./web-server.ts";

/** Whether the fixtures' git-annex origin can be made here. */
export const canMakeOrigin =
  sharedFolder !== null && spawnSync("git", ["annex", "version"], { stdio: "ignore" }).status === 0;

/** The fixtures' datasets in a temporary folder, and the server of their origin. */
export class AnnexOrigin {
  readonly folder: string;
  readonly server: WebServer;
  #copies = 0;

  private constructor(folder: string, server: WebServer) {
    this.folder = folder;
    this.server = server;
  }

  static async make(): Promise<AnnexOrigin> {
    const top = temporaryFolder("annex");
    const folder = join(top, "made");
    const server = await WebServer.start(() => join(folder, "www"));
    const script = join(sharedFolder ?? "", "data", "fixtures", "make-annex.sh");
    const child = spawn("bash", [script, folder, String(server.port)], { stdio: "ignore" });
    const code = await new Promise((resolve) => child.once("close", resolve));
    if (code !== 0) throw new Error(`make-annex.sh ended with ${code}`);
    return new AnnexOrigin(folder, server);
  }

  /** A copy of one of its datasets, to be changed by a test. */
  copy(name: string): string {
    this.#copies += 1;
    const copy = join(this.folder, "copies", `${name}-${this.#copies}`);
    cpSync(join(this.folder, name), copy, { recursive: true, verbatimSymlinks: true });
    return copy;
  }

  /** Path, expected state in words, and key of each file of the dataset "dataset". */
  async states(): Promise<{ path: string; state: string; key: string }[]> {
    const text = await readFile(join(this.folder, "states.tsv"), "utf8");
    return text
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [path = "", state = "", key = ""] = line.split("\t");
        return { path, state, key: key.trim() };
      });
  }

  /** Runs git in a dataset with the fixtures' settings; it may ask the server. The outputs, also where it fails. */
  async git(folder: string, ...args: string[]): Promise<string> {
    const child = spawn("git", args, {
      cwd: folder,
      env: {
        ...process.env,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: join(this.folder, "gitconfig"),
      },
    });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => parts.push(text));
    }
    const code = await new Promise((resolve) => child.once("close", resolve));
    return code === 0 ? parts.join("") : `${parts.join("")}\nended with ${code}`;
  }

  async remove(): Promise<void> {
    await this.server.close();
    spawnSync("chmod", ["-R", "u+w", this.folder]);
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }
}

/** A PATH on which neither git-annex nor git is found. */
export function pathWithoutGit(): string {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => spawnSync("ls", [join(folder, "git-annex"), join(folder, "git")]).status === 2)
    .join(delimiter);
}
