import { createHash } from "node:crypto";
import { lstat, readFile, readlink, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { annexStatus } from "#app/annex/annex-status.ts";
import { fetchFiles } from "#app/annex/fetch-files.ts";
import type { FetchProgress } from "#app/contract/annex.ts";
import { AnnexOrigin, canMakeOrigin, pathWithoutGit } from "./annex-origin.ts";

const tokens = "denoise_crop_smooth6mm_task-sherlockPart1_space-MNI152NLin2009cAsym_desc-preproc_bold";
const image = (subject: string, extension = "nii.gz") =>
  `fmriprep/sub-${subject}/func/sub-${subject}_${tokens}.${extension}`;
const filmName = "stimuli/caf\u00e9 film.m4v";
const movie = "stimuli/stimuli_Sherlock.m4v";
const quick = { allowLoopback: true, waitsMs: [5, 5, 5] };
const everyDataset = ["dataset", "dataset-fresh", "dataset-unlocked", "dataset-hidden", "dataset-nosymlinks"];

// make-annex.sh makes what Linux users have; what other systems hold is among its datasets.
if (process.platform === "linux") {
  describe.skipIf(!canMakeOrigin)("a git-annex origin on this machine", () => {
    let origin: AnnexOrigin;
    const path = process.env.PATH;
    beforeAll(async () => {
      origin = await AnnexOrigin.make();
    }, 120_000);
    afterAll(() => origin?.remove());
    afterEach(() => {
      process.env.PATH = path;
      origin.server.manner = { kind: "ranges" };
      origin.server.asked.length = 0;
    });
    const md5 = async (file: string) =>
      createHash("md5")
        .update(await readFile(file))
        .digest("hex");

    test("tells every state of a dataset, with key and size", async () => {
      const status = await annexStatus(join(origin.folder, "dataset"));
      const states = status.files.map(({ path, state }) => [path, state]);
      expect(states).toEqual([
        [image("01", "hdf5"), "present"],
        [image("01"), "present"],
        [image("02", "hdf5"), "truncated"],
        [image("02"), "present"],
        [image("03", "hdf5"), "absent"],
        [image("03"), "absent"],
        [image("04"), "pointer"],
        [image("05"), "absent"],
        [image("06"), "truncated"],
        // Its content is wrong and of the right size: only reading shows it.
        [filmName, "present"],
        ["stimuli/sha256.m4v", "absent"],
        [movie, "absent"],
      ]);
      const keys = Object.fromEntries(status.files.map(({ path, key }) => [path, key]));
      for (const row of await origin.states()) if (row.key !== "") expect(keys[row.path]).toBe(row.key);
      expect(status.uninstalled).toEqual(["sourcedata/raw"]);
      expect(status.subjects[2]).toEqual({
        subject: "sub-03",
        files: 2,
        presentFiles: 0,
        totalBytes: 38_155,
        missingBytes: 38_155,
      });
      expect(status.missingBytes).toBe(34_199 + 34_265 + 3890 + 2876 + 3852 + 3857 + 13_893 + 348_894);
    });

    test.each([
      ["dataset-fresh", { absent: 9, pointer: 3 }],
      ["dataset-unlocked", { pointer: 11, present: 1 }],
      ["dataset-hidden", { hidden: 11, present: 1 }],
      ["dataset-nosymlinks", { "link-text": 9, pointer: 3 }],
      ["zip-export", { "link-text": 9, pointer: 3 }],
    ])("tells the states of %s", async (name, expected) => {
      const { files } = await annexStatus(join(origin.folder, name));
      const counts: Record<string, number> = {};
      for (const { state } of files) counts[state] = (counts[state] ?? 0) + 1;
      expect(counts).toEqual(expected);
    });

    test.each(everyDataset)(
      "fetches all of %s without git, and git-annex agrees",
      { timeout: 60_000 },
      async (name) => {
        const folder = origin.copy(name);
        const { files } = await annexStatus(folder);
        process.env.PATH = pathWithoutGit();
        const all = files.map((file) => file.path);
        const outcome = await fetchFiles(folder, all, { ...quick, verify: true });
        process.env.PATH = path;
        expect(outcome.failed).toMatchObject([
          { path: image("05"), code: "annex/no-source", values: { detail: "no copy of it is known" } },
        ]);
        expect([...outcome.fetched, ...outcome.present].sort()).toEqual(
          all.filter((one) => one !== image("05")).sort(),
        );
        const after = await annexStatus(folder);
        expect(after.files.filter(({ state }) => state !== "present").map((file) => file.path)).toEqual([
          image("05"),
        ]);

        const fsck = await origin.git(folder, "annex", "fsck");
        // A branch that hides what is missing does not list the one file that can't be had.
        if (name === "dataset-hidden") expect(fsck).not.toContain("failed");
        else expect(fsck).toContain("fsck: 1 failed");
        expect(fsck).not.toContain("fixing location log");
        expect(fsck.match(/\(checksum\.\.\.\)/g)).toHaveLength(11);
        const whereis = await origin.git(folder, "annex", "whereis", "--in", "here", "--json");
        expect(whereis.trim().split("\n")).toHaveLength(11);
        const changed = (await origin.git(folder, "status", "--short")).split("\n");
        expect(changed.filter((line) => line !== "" && !line.startsWith("A "))).toEqual([]);
      },
    );

    test("shows the files of a hiding branch as git-annex would, once it adjusts the branch anew", {
      timeout: 60_000,
    }, async () => {
      const folder = origin.copy("dataset-hidden");
      await fetchFiles(folder, [image("03"), movie], quick);
      expect(await md5(join(folder, image("03")))).toBe("c6bf5be6805dce3754b4810abc633eb0");
      expect(await origin.git(folder, "annex", "adjust", "--hide-missing")).toContain("adjust ok");
      expect(await origin.git(folder, "status", "--short")).toBe("");
      expect(await origin.git(folder, "ls-files", "*.nii.gz", "*.m4v")).toBe(
        `${image("01")}\n${image("03")}\n${movie}\n`,
      );
      expect((await origin.git(folder, "annex", "fsck")).match(/\(checksum\.\.\.\)/g)).toHaveLength(3);
    });

    test("leaves objects read-only and links as they were", async () => {
      const folder = origin.copy("dataset-fresh");
      const link = await readlink(join(folder, image("03")));
      await fetchFiles(folder, [image("03"), image("04")], quick);
      const content = await stat(join(folder, image("03")));
      expect(content.mode & 0o777).toBe(0o444);
      expect((await stat(join(folder, image("03"), "..", link, ".."))).mode & 0o777).toBe(0o555);
      expect(await readlink(join(folder, image("03")))).toBe(link);
      const unlocked = await lstat(join(folder, image("04")));
      expect([unlocked.isFile(), unlocked.mode & 0o777]).toEqual([true, 0o644]);
      expect(await md5(join(folder, image("04")))).toBe("9154da4730b34739adddf7423a89db06");
    });

    test("a server that cuts every connection is asked again for the rest", async () => {
      const folder = origin.copy("dataset-fresh");
      origin.server.manner = { kind: "cuts", afterBytes: 100_000, ranges: true };
      const { fetched } = await fetchFiles(folder, [movie], quick);
      expect(fetched).toEqual([movie]);
      const ranges = origin.server.asked
        .filter((line) => line.includes("/annex/objects/"))
        .map((line) => line.split(" ")[2]);
      // What was on its way when the connection broke is asked for again.
      const starts = ranges.map((range) => Number.parseInt(range ?? "0", 10));
      expect(starts.length).toBeGreaterThanOrEqual(4);
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      expect(await md5(join(folder, movie))).toBe("32e8d2bbb8984bd14d9ad0ccf2a33ea5");
    });

    test("a server without ranges begins anew", async () => {
      const folder = origin.copy("dataset-fresh");
      origin.server.manner = { kind: "slow", bytesPerTick: 20_000 };
      const stop = new AbortController();
      const progress: FetchProgress[] = [];
      const onProgress = (told: FetchProgress) => {
        progress.push(told);
        if (told.doneBytes > 50_000) stop.abort(new DOMException("paused", "AbortError"));
      };
      await expect(
        fetchFiles(folder, [movie], { ...quick, signal: stop.signal, onProgress }),
      ).rejects.toThrow("paused");
      origin.server.manner = { kind: "no-ranges" };
      origin.server.asked.length = 0;
      expect((await fetchFiles(folder, [movie], quick)).fetched).toEqual([movie]);
      const asked = origin.server.asked.filter((line) => line.includes("/annex/objects/"));
      expect(asked).toHaveLength(1);
      expect(Number(/ (\d+)-$/.exec(asked[0] ?? "")?.[1])).toBeGreaterThan(50_000);
    });

    test("a pause keeps what has arrived, and going on asks for the rest alone", async () => {
      const folder = origin.copy("dataset-fresh");
      origin.server.manner = { kind: "slow", bytesPerTick: 20_000 };
      const stop = new AbortController();
      const onProgress = ({ doneBytes }: FetchProgress) => doneBytes > 100_000 && stop.abort();
      await expect(
        fetchFiles(folder, [movie], { ...quick, signal: stop.signal, onProgress }),
      ).rejects.toThrow();
      origin.server.manner = { kind: "ranges" };
      origin.server.asked.length = 0;
      const told: FetchProgress[] = [];
      await fetchFiles(folder, [movie], { ...quick, onProgress: (one) => told.push(one) });
      expect(origin.server.asked.at(-1)).toMatch(/ [12]\d{5}-$/);
      expect(told.at(-1)).toMatchObject({
        doneFiles: 1,
        totalFiles: 1,
        doneBytes: 348_894,
        totalBytes: 348_894,
      });
    });

    test("wrong content of the right size is refused and put nowhere", { timeout: 60_000 }, async () => {
      const folder = origin.copy("dataset-fresh");
      origin.server.manner = { kind: "wrong" };
      process.env.PATH = pathWithoutGit();
      const { failed } = await fetchFiles(folder, [image("03"), "stimuli/sha256.m4v"], quick);
      expect(failed.map(({ code }) => code)).toEqual(["annex/wrong-content", "annex/wrong-content"]);
      expect((await annexStatus(folder)).files.every(({ state }) => state !== "present")).toBe(true);
    });

    test("a loopback address is refused unless it is let pass", async () => {
      const folder = origin.copy("dataset-fresh");
      process.env.PATH = pathWithoutGit();
      const { failed } = await fetchFiles(folder, [image("03"), "stimuli/sha256.m4v"], { waitsMs: [] });
      expect(failed.map(({ code }) => code)).toEqual(["annex/refused-address", "annex/refused-address"]);
      expect(origin.server.asked).toEqual([]);
    });

    test("a file that a person changed is not written over", async () => {
      const folder = origin.copy("dataset");
      await writeFile(join(folder, image("06")), "mine");
      const { failed } = await fetchFiles(folder, [image("06")], quick);
      expect(failed).toMatchObject([{ code: "image/unreadable" }]);
      expect(await readFile(join(folder, image("06")), "utf8")).toBe("mine");
    });

    test("a folder without git's own files tells why nothing can be had", async () => {
      const { failed } = await fetchFiles(
        join(origin.folder, "zip-export"),
        [image("03"), image("04")],
        quick,
      );
      expect(failed.map(({ values }) => values.detail)).toEqual([
        "its folder is a copy without git's own files",
        "its folder is a copy without git's own files",
      ]);
    });

    test("a file that Concord has no address of is asked of an installed git-annex", {
      timeout: 60_000,
    }, async () => {
      const folder = origin.copy("dataset-fresh");
      origin.server.answer = (request, response) => {
        // Only git-annex may have it.
        if (
          !request.url?.includes("/annex/objects/") ||
          /git-annex/i.test(request.headers["user-agent"] ?? "")
        )
          return false;
        response.writeHead(403).end();
        return true;
      };
      const outcome = await fetchFiles(folder, [image("03")], quick);
      origin.server.answer = null;
      expect(outcome.fetched).toEqual([image("03")]);
    });

    test("a path out of the dataset is refused", async () => {
      await expect(
        fetchFiles(join(origin.folder, "dataset"), ["../source/README"], quick),
      ).rejects.toMatchObject({
        code: "call/refused",
      });
    });
  });
}
