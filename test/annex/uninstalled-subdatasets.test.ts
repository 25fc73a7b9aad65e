import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";

let folder = "";
beforeEach(async () => {
  folder = await writeStudy(tinyStudy());
  await mkdir(join(folder, ".git"));
  await writeFile(join(folder, ".git", "config"), "[core]\n\tbare = false\n");
  const modules = ["sourcedata/raw", "code", "gone", "../elsewhere"].map(
    (path) => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ./${path}\n`,
  );
  await writeFile(join(folder, ".gitmodules"), modules.join(""));
  await mkdir(join(folder, "sourcedata", "raw"), { recursive: true });
  await mkdir(join(folder, "code"));
  await writeFile(join(folder, "code", "run.py"), "");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("datasets inside a dataset that are not installed are told, and how to install them", async () => {
  const { problems } = await bidsReader.describe(folder);
  const notes = problems.filter(({ text }) => text.includes("not installed"));
  expect(notes.map(({ severity, text }) => [severity, text.split(" ")[0]])).toStrictEqual([
    ["note", "gone"],
    ["note", "sourcedata/raw"],
  ]);
  expect(notes[1]?.text).toBe(
    "sourcedata/raw is a dataset of its own that is not installed, so what it holds is not known. Install it with “datalad get -n sourcedata/raw”, and open the folder again.",
  );
});
