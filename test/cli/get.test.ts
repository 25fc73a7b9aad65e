import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AnnexOrigin, canMakeOrigin } from "#test/annex/annex-origin.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

if (process.platform === "linux") {
  describe.skipIf(!canMakeOrigin)("concord clone and concord get", () => {
    let origin: AnnexOrigin;
    beforeAll(async () => {
      origin = await AnnexOrigin.make();
    }, 120_000);
    afterAll(() => origin?.remove());

    const concord = (args: readonly string[], env: Record<string, string> = {}) =>
      promisify(execFile)(process.execPath, [join(root, "out", "node", "cli.cjs"), ...args], {
        env: { ...process.env, CONCORD_ROOT: root, ...env },
      }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
      );
    const loopback = { CONCORD_TEST_LOOPBACK: "1" };

    test("a dataset is cloned, shown, and one subject of it fetched", async () => {
      const folder = join(origin.folder, "cli");
      const url = `${origin.server.address}/origin.git`;
      const refused = await concord(["clone", url, folder]);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        `The address ${new URL(url).host} is not asked: it leads to this computer or into a private network. Check where the dataset comes from.\n`,
      ]);
      const cloned = await concord(["clone", url, folder], loopback);
      expect(cloned.stdout).toContain("0 of 12 files are there; 507 kB of 507 kB to download");
      const got = await concord(["get", folder, "03", "--match", ".nii.gz"], loopback);
      expect(got).toEqual({ code: 0, stdout: "1 files fetched, 0 were there, 0 can't be had\n", stderr: "" });
      const { stdout } = await concord(["get", folder, "--list"]);
      expect(stdout).toContain("  sub-03: 1 of 2 files, 34 kB of 38 kB to download");
      expect(stdout).toContain("  sourcedata/raw: a dataset of its own that is not installed");
      const failed = await concord(["get", folder, "sub-05"], loopback);
      expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining("no copy of it is known")]);
      const unknown = await concord(["get", folder, "sub-99"], loopback);
      expect(unknown.stderr).toContain("sub-01, sub-02");
      expect(await readFile(join(folder, "README"), "utf8")).toBe("tiny annexed dataset\n");
    });
  });
}
