import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { readModel } from "#app/dataset/model-table.ts";
import { modelTriangles } from "#app/run/model-triangles.ts";
import { planFor } from "#test/evaluate/turned-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

function written(text: string, name = "model.tsv"): string {
  const path = join(temporaryFolder("model"), name);
  writeFileSync(path, text);
  return path;
}

describe("a model of how unlike conditions are", () => {
  test("is read by names, in any order, with commas or tabs", async () => {
    const path = written(",house,face,cat\ncat,3,2,0\nface,1,,2\nhouse,n/a,1,3\n", "model.csv");
    const { between } = await readModel(path);
    expect([between("house", "cat"), between("cat", "house"), between("face", "cat")]).toStrictEqual([
      3, 3, 2,
    ]);
    expect(between("face", "shoe")).toBeUndefined();
    expect(between("shoe", "face")).toBeUndefined();
  });

  test.each([
    ["a row is of no condition", "\ta\tb\na\t0\t1\nc\t1\t0\n", "its first row does not name c"],
    ["a row is missing", "\ta\tb\na\t0\t1\n", "it has no row of b"],
    ["a row comes twice", "\ta\tb\na\t0\t1\na\t0\t1\nb\t1\t0\n", "it has two rows of a"],
    ["a name comes twice", "\ta\ta\na\t0\t1\n", "its first row names a condition twice"],
    ["a cell is no number", "\ta\tb\na\t0\tfar\nb\t1\t0\n", "a with b is far"],
    ["a cell is empty", "\ta\tb\na\t0\t\nb\t1\t0\n", "a with b is empty"],
    ["its halves differ", "\ta\tb\na\t0\t1\nb\t2\t0\n", "a with b differs from b with a"],
  ])("is refused where %s", async (_, text, detail) => {
    const failed = await readModel(written(text)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Fault);
    expect(failed).toMatchObject({ code: "model/unreadable", values: { detail } });
  });

  test("is refused where there is no file", async () => {
    await expect(readModel("/nowhere/model.tsv")).rejects.toMatchObject({ code: "model/unreadable" });
  });

  const plan = (path: string) => planFor({ similarity: { models: [{ name: "size", path }] } });

  test("has the pairs of the conditions tested, and no number for those that it lacks", async () => {
    const path = written("\ta\tb\tc\td\na\t0\t1\t2\t3\nb\t1\t0\t4\t5\nc\t2\t4\t0\t6\nd\t3\t5\t6\t0\n");
    const [found] = await modelTriangles({ folder: "/" }, plan(path), ["d", "a", "x", "b", "c"]);
    expect(found).toStrictEqual({
      name: "size",
      values: [3, Number.NaN, 5, 6, Number.NaN, 1, 2, Number.NaN, Number.NaN, 4],
    });
  });

  test("of fewer than four of them is refused by name", async () => {
    const path = written("\ta\tb\tc\na\t0\t1\t2\nb\t1\t0\t4\nc\t2\t4\t0\n");
    await expect(modelTriangles({ folder: "/" }, plan(path), ["a", "b", "c", "d"])).rejects.toMatchObject({
      code: "model/few-conditions",
      values: { name: "size", shared: "3" },
    });
  });
});
