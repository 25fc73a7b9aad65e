import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { saveWhole } from "#main/save-whole.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

test("a file is saved whole, over an older one", async () => {
  const folder = temporaryFolder("save");
  const path = join(folder, "accuracy.csv");
  await writeFile(path, "old");
  await saveWhole(path, "subject,accuracy\n");
  expect(await readFile(path, "utf8")).toBe("subject,accuracy\n");
  expect(await readdir(folder)).toStrictEqual(["accuracy.csv"]);
  await rm(folder, { recursive: true });
});

test("a folder that can't be written to is a fault and leaves nothing", async () => {
  await expect(saveWhole("/proc/none/accuracy.csv", "x")).rejects.toMatchObject({
    code: "results/read-only",
    values: { path: "/proc/none" },
  });
});
