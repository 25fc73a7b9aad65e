import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Dataset } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { Preview } from "#app/contract/preview.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { examineDataset } from "#app/prepare/examination.ts";
import { prepare } from "#app/prepare/prepare.ts";
import { ExaminedRows } from "#app/run/examined-rows.ts";
import { MadeParcels } from "#app/run/made-parcels.ts";
import { previewPlan } from "#app/run/preview.ts";
import {
  boldOf,
  type TinyFiles,
  tinyPlan,
  tinyStudy,
  varying,
  writeStudy,
} from "#test/dataset/tiny-study.ts";
import { inline } from "#test/run/inline.ts";
import { sharedFolder } from "#test/shared.ts";

const written: string[] = [];

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The preview before and after reading the voxels, and the rows that the run itself then has. */
async function previews(path: string, changes: Record<string, unknown>) {
  const plan = Plan.parse(tinyPlan(path, changes));
  const dataset = await bidsReader.describe(path);
  const examined = new ExaminedRows();
  const unread = await previewPlan(dataset, plan, 1, examined, new MadeParcels());
  examined.keep(dataset, await inline.drive(examineDataset(dataset)));
  const read = await previewPlan(dataset, plan, 1, examined, new MadeParcels());
  expect(Preview.parse(read)).toStrictEqual(read);
  const prepared = await prepare(dataset, plan, { runner: inline });
  return { unread, read, used: { align: prepared.align.rows, classify: prepared.classify.rows } };
}

async function study(files: TinyFiles): Promise<string> {
  const path = await writeStudy(files);
  written.push(path);
  return path;
}

const trimmed = (path: string, leaveOut = {}) => ({
  dataset: { path, leaveOut, repairs: { trimToCommonRows: true } },
});

test("counts rows, events and conditions of a whole study as a run has them", async () => {
  const path = await study(tinyStudy());
  const { read, used } = await previews(path, {});
  expect(read.rows).toStrictEqual({ align: 24, classify: 8 });
  expect(used).toStrictEqual(read.rows);
  expect(read.conditions).toStrictEqual(["face", "house"]);
  expect(read.folds.map(({ rows }) => rows)).toStrictEqual([
    { align: 12, classify: 4 },
    { align: 12, classify: 4 },
  ]);
  expect({ subjects: read.subjects.length, voxels: read.voxels }).toStrictEqual({ subjects: 3, voxels: 4 });
});

test("counts only the rows that all subjects have, and the events they cover", async () => {
  const path = await study({ ...tinyStudy(), [boldOf("02", "task-a_run-1")]: varying(9, 1) });
  const { unread, read, used } = await previews(path, trimmed(path));
  expect(unread.rows).toStrictEqual({ align: 21, classify: 7 });
  expect(used).toStrictEqual(read.rows);
  expect(read.rows).toStrictEqual(unread.rows);
});

test("counts a repeated tail out as soon as the voxels were read", async () => {
  const image = varying(12, 1);
  const values = image.values.map((value, at) => (at >= 32 ? (image.values[32 + (at % 4)] ?? 0) : value));
  const path = await study({ ...tinyStudy(), [boldOf("03", "task-a_run-2")]: { ...image, values } });
  const { unread, read, used } = await previews(path, trimmed(path));
  expect(unread.rows).toStrictEqual({ align: 24, classify: 8 });
  expect(read.rows).toStrictEqual({ align: 20, classify: 7 });
  // The run with the tail is aligned on in one fold and tested in the other.
  expect(read.folds.map(({ id, rows }) => [id, rows.align, rows.classify])).toStrictEqual([
    ["task-a_run-1", 8, 4],
    ["task-a_run-2", 12, 3],
  ]);
  expect(used).toStrictEqual(read.rows);
  // Whose tail it is does not count when that subject is left out.
  const without = await previews(path, trimmed(path, { subjects: ["sub-03"] }));
  expect(without.read.rows).toStrictEqual({ align: 24, classify: 8 });
});

test("is refused as the run would be", async () => {
  const path = await study({ ...tinyStudy(), [boldOf("02", "task-a_run-1")]: varying(9, 1) });
  const dataset = await bidsReader.describe(path);
  const plan = Plan.parse(tinyPlan(path));
  await expect(previewPlan(dataset, plan, 1, new ExaminedRows(), new MadeParcels())).rejects.toMatchObject({
    code: "dataset/different-length",
    values: { detail: "task-a_run-1 has 12 in sub-01 and 9 in sub-02" },
  });
  const broken = await study({ ...tinyStudy(), [boldOf("02", "task-a_run-1")]: "" });
  const found = await bidsReader.describe(broken);
  await expect(
    previewPlan(found, Plan.parse(tinyPlan(broken)), 1, new ExaminedRows(), new MadeParcels()),
  ).rejects.toMatchObject({ code: "image/unreadable" });
});

test("a cleaning that can't be is refused before an image is read", async () => {
  const path = await study(tinyStudy());
  const dataset = await bidsReader.describe(path);
  const refused = (cleaning: Record<string, unknown>, of = dataset) =>
    expect(
      previewPlan(of, Plan.parse(tinyPlan(path, { cleaning })), 1, new ExaminedRows(), new MadeParcels()),
    ).rejects;
  await refused({ confounds: { motion: "6" } }).toMatchObject({ code: "confounds/missing" });
  await refused({ highPassHertz: 0.01 }).toMatchObject({ code: "cleaning/too-few-rows" });
  await refused({ highPassHertz: 0.3 }).toMatchObject({ code: "plan/invalid" });
  const surface = dataset.files.map((file) => ({
    ...file,
    grid: { ...file.grid, kind: "surface" as const },
  }));
  await refused({ smoothingMm: 6 }, { ...dataset, files: surface }).toMatchObject({ code: "plan/invalid" });
});

test.skipIf(sharedFolder === null)("sherlock-pmc: 21 scenes of 979 rows once it was read", async () => {
  const path = join(sharedFolder ?? "", "data", "sherlock-pmc");
  const { unread, read, used } = await previews(path, {
    ...trimmed(path),
    region: { kind: "mask", path: "masks/desc-pmc_mask.nii.gz" },
    protocol: { name: "fit-test", fit: ["task-sherlockPart1"], test: ["task-sherlockPart2"] },
  });
  expect(unread.conditions).toHaveLength(23);
  expect(read.conditions).toHaveLength(21);
  expect(read.rows.align).toBe(946 + 979);
  expect(read.folds.map(({ rows }) => rows)).toStrictEqual([{ align: 946, classify: 21 }]);
  expect(used).toStrictEqual(read.rows);
});

test("searchlights on a surface whose folded shape is not there are refused before anything is read", async () => {
  const path = await study(tinyStudy());
  const dataset = await bidsReader.describe(path);
  const structures = [{ name: "left cortex", columns: 4 }];
  const files = dataset.files.map((file) => ({
    ...file,
    grid: { ...file.grid, kind: "surface" as const, structures },
  }));
  const pieces = { kind: "searchlights", radiusMm: 9 };
  const plan = Plan.parse(tinyPlan(path, { method: { name: "hyperalignment", pieces } }));
  const of = (cortex: Dataset["cortex"]) =>
    previewPlan({ ...dataset, files, cortex }, plan, 1, new ExaminedRows(), new MadeParcels());
  await expect(of(null)).rejects.toMatchObject({ code: "align/no-cortex" });
  await expect(of({ left: null, right: "rh.white.gii" })).rejects.toMatchObject({ code: "align/no-cortex" });
  expect(await of({ left: "lh.white.gii", right: null })).toMatchObject({ voxels: 4 });
});
