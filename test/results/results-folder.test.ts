import { appendFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { readResults, writeResults } from "#app/results/results-folder.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("results");
});

describe("a Results folder", () => {
  test("is read back as it was written", async () => {
    const target = join(folder, "deep", "out");
    await writeResults(target, { "results.json": "{}", "map.f32": Uint8Array.of(1, 2, 3) });
    const files = await readResults(target);
    expect([...files.keys()]).toStrictEqual(["results.json", "map.f32"]);
    expect(files.get("map.f32")).toStrictEqual(Buffer.from([1, 2, 3]));
  });

  test("takes the place of an empty folder", async () => {
    await writeResults(folder, { "results.json": "{}" });
    expect(await readdir(folder)).toStrictEqual(["manifest.json", "results.json"]);
  });

  test("is not written over other files", async () => {
    await writeFile(join(folder, "thesis.txt"), "mine");
    await expect(writeResults(folder, { "results.json": "{}" })).rejects.toThrow(
      new Fault("results/exists", { path: folder }),
    );
    expect(await readdir(folder)).toStrictEqual(["thesis.txt"]);
  });

  test("leaves nothing behind when writing fails", async () => {
    const target = join(folder, "out");
    await expect(
      writeResults(target, { "results.json": "{}", "results.json/maps.f32": "" }),
    ).rejects.toThrow();
    expect(await readdir(folder)).toStrictEqual([]);
  });

  test("is not taken for whole when it was cut off or changed", async () => {
    const target = join(folder, "out");
    await writeResults(target, { "results.json": "{}" });
    await appendFile(join(target, "results.json"), " ");
    await expect(readResults(target)).rejects.toThrow(new Fault("results/incomplete", { path: target }));
    await mkdir(join(folder, "half"));
    await expect(readResults(join(folder, "half"))).rejects.toThrow("is not a whole Results folder");
  });
});
