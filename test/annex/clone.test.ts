import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { annexStatus } from "#app/annex/annex-status.ts";
import { cloneDataset } from "#app/annex/clone.ts";
import { fetchFiles } from "#app/annex/fetch-files.ts";
import type { CloneProgress } from "#app/contract/annex.ts";
import { AnnexOrigin, canMakeOrigin, pathWithoutGit } from "./annex-origin.ts";
import { smartGit } from "./smart-git.ts";

const quick = { allowLoopback: true, waitsMs: [5, 5, 5] };

if (process.platform === "linux") {
  describe.skipIf(!canMakeOrigin)("cloning a dataset", () => {
    let origin: AnnexOrigin;
    let url: string;
    let made = 0;
    const path = process.env.PATH;
    const newFolder = () => join(origin.folder, "clones", `clone-${made++}`);
    beforeAll(async () => {
      origin = await AnnexOrigin.make();
      url = `${origin.server.address}/origin.git`;
    }, 120_000);
    afterAll(() => origin?.remove());
    afterEach(() => {
      process.env.PATH = path;
      origin.server.answer = null;
    });

    test.each([
      ["without git and git-annex", true],
      ["by git and git-annex", false],
    ])("%s, fetches a subject, and git-annex agrees", { timeout: 60_000 }, async (_, alone) => {
      origin.server.answer = smartGit(join(origin.folder, "www"));
      const folder = newFolder();
      if (alone) process.env.PATH = pathWithoutGit();
      const progress: CloneProgress[] = [];
      await cloneDataset(url, folder, { allowLoopback: true, onProgress: (told) => progress.push(told) });
      expect(progress.map(({ phase }) => phase)).toContain(alone ? "Analyzing workdir" : "Receiving objects");
      const status = await annexStatus(folder);
      const counts = { absent: 0, pointer: 0 };
      for (const { state } of status.files) counts[state as "absent" | "pointer"] += 1;
      expect(counts).toEqual({ absent: 9, pointer: 3 });
      expect(status.uninstalled).toEqual(["sourcedata/raw"]);
      expect(await readlink(join(folder, "stimuli", "sha256.m4v"))).toMatch(/^\.\.\/\.git\/annex\/objects\//);
      expect(await readFile(join(folder, "README"), "utf8")).toBe("tiny annexed dataset\n");
      const wanted = status.files.filter(({ subject }) => subject === "sub-04" || subject === "sub-03");
      const { fetched, failed } = await fetchFiles(
        folder,
        wanted.map((file) => file.path),
        quick,
      );
      expect([fetched.length, failed]).toEqual([3, []]);
      process.env.PATH = path;
      const config = ["-c", "annex.security.allowed-ip-addresses=127.0.0.1"];
      const fsck = await origin.git(folder, ...config, "annex", "fsck", "fmriprep/sub-03", "fmriprep/sub-04");
      expect(fsck.match(/\(checksum\.\.\.\)/g)).toHaveLength(3);
      expect(fsck).not.toMatch(/fail|fixing location log/);
      const whereis = await origin.git(folder, "annex", "whereis", "--in", "here", "--json");
      expect(whereis.trim().split("\n")).toHaveLength(3);
      expect(await origin.git(folder, "status", "--short")).toBe("");
      expect(await origin.git(folder, "fsck", "--no-dangling")).not.toContain("error");
    });

    test("a server of files alone is cloned by git, and refused in words without it", {
      timeout: 60_000,
    }, async () => {
      await cloneDataset(url, newFolder(), { allowLoopback: true });
      process.env.PATH = pathWithoutGit();
      const folder = newFolder();
      await expect(cloneDataset(url, folder, { allowLoopback: true })).rejects.toMatchObject({
        code: "annex/no-clone",
        values: { detail: "its server holds files alone, which only an installed git can clone" },
      });
      expect(existsSync(folder)).toBe(false);
    });

    test.each([
      ["file:///tmp/a", "annex/refused-address"],
      ["ext::sh -c touch% /tmp/owned", "annex/refused-address"],
      ["--upload-pack=touch /tmp/owned", "annex/refused-address"],
      ["ssh://-oProxyCommand=touch/a", "annex/refused-address"],
      ["git@example.org:a/b.git", "annex/refused-address"],
      ["http://127.0.0.1:1/a.git", "annex/refused-address"],
    ])("%s is refused", async (address, code) => {
      await expect(cloneDataset(address, newFolder())).rejects.toMatchObject({ code });
    });

    test("an address without a dataset, and a folder with files, are told", async () => {
      await expect(
        cloneDataset(`${origin.server.address}/none`, newFolder(), { allowLoopback: true }),
      ).rejects.toMatchObject({ code: "annex/no-clone", values: { detail: "its server answers 404" } });
      await expect(
        cloneDataset(url, join(origin.folder, "dataset"), { allowLoopback: true }),
      ).rejects.toMatchObject({ code: "results/exists" });
    });

    test("a server that moves elsewhere is followed, not into a private network", {
      timeout: 60_000,
    }, async () => {
      const git = smartGit(join(origin.folder, "www"));
      let target = url;
      origin.server.answer = (request, response) => {
        if (!request.url?.startsWith("/moved")) return git(request, response);
        response.writeHead(301, { location: request.url.replace("/moved", target) }).end();
        return true;
      };
      const folder = newFolder();
      await cloneDataset(`${origin.server.address}/moved`, folder, { allowLoopback: true });
      expect(await origin.git(folder, "remote", "get-url", "origin")).toBe(`${url}\n`);
      target = "http://192.168.7.7/origin.git";
      await expect(
        cloneDataset(`${origin.server.address}/moved`, newFolder(), { allowLoopback: true }),
      ).rejects.toMatchObject({ code: "annex/refused-address" });
    });

    test.each([
      ["an absolute link", "120000", "link", "/etc/passwd"],
      ["a link out of the dataset", "120000", "link", "../../outside"],
      ["a link to git's config", "120000", "link", ".git/config"],
      ["a file in .git", "100644", ".GIT/config", "[core]"],
      ["a file that Windows takes for .git", "100644", "git~1", "x"],
    ])("a tree with %s is not checked out", { timeout: 60_000 }, async (_, mode, file, content) => {
      const bare = join(origin.folder, "www", `odd-${made}.git`);
      const address = `${origin.server.address}/odd-${made}.git`;
      await mkdir(bare);
      // Made object by object: git itself would refuse some of these names.
      const git = (args: readonly string[], input = "") =>
        execFileSync("git", ["--git-dir", bare, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
          input,
          encoding: "utf8",
        }).trim();
      git(["init", "--bare", "-q", "-b", "main"]);
      const blob = git(["hash-object", "-w", "--stdin"], content);
      const [first, second] = file.split("/");
      let tree = git(["mktree"], `${mode} blob ${blob}\t${second ?? first}\n`);
      if (second !== undefined) tree = git(["mktree"], `040000 tree ${tree}\t${first}\n`);
      git(["update-ref", "refs/heads/main", git(["commit-tree", "-m", "x", tree])]);
      origin.server.answer = smartGit(join(origin.folder, "www"));
      for (const alone of [true, false]) {
        process.env.PATH = alone ? pathWithoutGit() : path;
        const folder = newFolder();
        await expect(cloneDataset(address, folder, { allowLoopback: true })).rejects.toMatchObject({
          code: "annex/unsafe-tree",
        });
        expect(existsSync(folder)).toBe(false);
      }
      expect((await readdir(join(origin.folder, "clones"))).filter((one) => one.startsWith("."))).toEqual([]);
    });

    test("an abort leaves nothing behind", { timeout: 60_000 }, async () => {
      origin.server.answer = smartGit(join(origin.folder, "www"));
      for (const alone of [true, false]) {
        process.env.PATH = alone ? pathWithoutGit() : path;
        const stop = new AbortController();
        const folder = newFolder();
        const onProgress = () => stop.abort(new DOMException("enough", "AbortError"));
        await expect(
          cloneDataset(url, folder, { allowLoopback: true, signal: stop.signal, onProgress }),
        ).rejects.toThrow("enough");
        expect(existsSync(folder)).toBe(false);
      }
    });

    test("a config of a stranger's that could run a program keeps git-annex from being run", async () => {
      const folder = origin.copy("dataset-fresh");
      const config = join(folder, ".git", "config");
      const ran = join(origin.folder, "ran");
      await writeFile(config, `${await readFile(config, "utf8")}[core]\n\tfsmonitor = touch ${ran}\n`);
      const { failed } = await fetchFiles(folder, ["stimuli/sha256.m4v"], { waitsMs: [] });
      expect(failed).toMatchObject([{ code: "annex/refused-address" }]);
      expect(existsSync(ran)).toBe(false);
    });
  });
}
