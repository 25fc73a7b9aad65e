import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readNpz } from "#app/results/npz.ts";
import { concord } from "#test/cli/concord.ts";
import { tinyPlan, tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

/** A NumPy array of one row. */
function npy(values: readonly number[]): Buffer {
  const told = `{'descr': '<f8', 'fortran_order': False, 'shape': (1, ${values.length}), }`;
  const head = `${told.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(head.length)}\x00`, "latin1"),
    Buffer.from(head, "latin1"),
    Buffer.from(Float64Array.from(values).buffer),
  ]);
}

test("the common space and an array of one's own are brought into a subject's voxels, or it is said why not", async () => {
  const study = await writeStudy(tinyStudy());
  const folder = temporaryFolder("back");
  const [plan, results] = [join(study, "plan.json"), join(folder, "results")];
  await writeFile(plan, JSON.stringify(tinyPlan(study, { keepTransforms: true })));
  expect((await concord("run", plan, "--out", results, "--workers", "1")).code).toBeUndefined();

  const whole = join(folder, "whole");
  const { stdout } = await concord("back-project", results, "--subject", "sub-02", "--out", whole);
  expect(stdout).toMatch(/^\d+ rows in 4 voxels of sub-02, fold \S+, by the transpose of the map/);
  const { samples, voxels } = readNpz(await readFile(join(whole, "samples.npz")));
  expect(voxels?.shape).toStrictEqual([4]);
  expect(samples?.shape[1]).toBe(4);
  const told = JSON.parse(await readFile(join(whole, "back-projection.json"), "utf8"));
  expect(told).toMatchObject({ subject: "sub-02", way: "orthogonal" });
  expect((await readFile(join(whole, "samples.nii.gz"))).subarray(0, 2)).toStrictEqual(Buffer.of(0x1f, 0x8b));

  const [row, wide] = [join(folder, "row.npy"), join(folder, "wide.npy")];
  await writeFile(row, npy([1, -1, 0.5, 2]));
  await writeFile(wide, npy([1, 2, 3]));
  const given = ["--subject", "sub-02", "--samples"];
  const one = await concord("back-project", results, ...given, row, "--out", join(folder, "one"));
  expect(one.stdout).toMatch(/^1 rows in 4 voxels/);
  const refused = await concord("back-project", results, ...given, wide, "--out", join(folder, "none"));
  expect(refused.stderr).toBe(
    `The array in ${wide} is 1 × 3, and the common space has 4 columns. Give rows of 4 numbers, one for each column of the common space.\n`,
  );
  const face = ["--subject", "sub-02", "--condition", "face"];
  const pattern = await concord("back-project", results, ...face, "--out", join(folder, "face"));
  expect(pattern.stdout).toMatch(/^1 rows in 4 voxels of sub-02, fold \S+, by the transpose of the map/);
  const both = await concord(
    "back-project",
    results,
    ...face,
    "--samples",
    row,
    "--out",
    join(folder, "both"),
  );
  expect(both.stderr).toContain("--condition");
  const strange = ["--subject", "sub-02", "--condition", "cat", "--out", join(folder, "none")];
  expect((await concord("back-project", results, ...strange)).stderr).toContain(
    "The transforms have no cat.",
  );
  const unknown = await concord("back-project", results, "--subject", "sub-9", "--out", join(folder, "none"));
  expect(unknown.stderr).toContain("sub-9");
});
