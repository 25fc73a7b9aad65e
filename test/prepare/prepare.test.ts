import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { type Prepared, prepare } from "#app/prepare/prepare.ts";
import { describeRegion } from "#app/prepare/region.ts";
import {
  boldOf,
  type TinyFiles,
  tinyEvents,
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

async function prepared(
  files: TinyFiles,
  changes: Record<string, unknown> = {},
  dataset: Record<string, unknown> = {},
): Promise<Prepared> {
  const folder = await writeStudy(files);
  written.push(folder);
  const plan = Plan.parse(tinyPlan(folder, { ...changes, dataset: { path: folder, ...dataset } }));
  return prepare(await bidsReader.describe(folder), plan, { runner: inline });
}

const trimmed = { repairs: { trimToCommonRows: true } };
const mask = (path: string) => ({ region: { kind: "mask", path } });

/** The first voxel's rows of a subject's first run. */
function course({ align, voxels }: Prepared, subject: number, voxel = 0): number[] {
  return Array.from(
    { length: 12 },
    (_, row) => align.data[subject]?.[row * voxels.count + voxel] ?? Number.NaN,
  );
}

test("z-scores the volumes of every run, and takes events' means in those units", async () => {
  const { align, classify, voxels, dropped, trims } = await prepared(tinyStudy());
  expect([voxels.count, align.rows, classify.rows]).toStrictEqual([4, 24, 8]);
  const first = course({ align, voxels } as Prepared, 0);
  expect(first.reduce((sum, x) => sum + x, 0) / 12).toBeCloseTo(0, 6);
  expect(first.reduce((sum, x) => sum + x * x, 0) / 12).toBeCloseTo(1, 5);
  // Onset 0 s, 4 s long, TR 2 s: volumes 0 and 1.
  expect(classify.data[0]?.[0]).toBeCloseTo(((first[0] ?? 0) + (first[1] ?? 0)) / 2, 6);
  expect(classify.labels.slice(0, 4)).toStrictEqual(["face", "house", "face", "house"]);
  expect(classify.onsets.slice(0, 4)).toStrictEqual([0, 6, 12, 18]);
  expect(classify.runs[4]).toBe("task-a_run-2");
  expect({ dropped, trims }).toStrictEqual({ dropped: { constant: 0, nonFinite: 0 }, trims: [] });
});

test("drops voxels that are constant or not numbers in any run of anyone, with a count", async () => {
  const image = varying(12, 4);
  const values = image.values.map((value, at) =>
    at % 4 === 1 ? 3 : at % 4 === 2 && at > 30 ? Number.NaN : value,
  );
  const { voxels, dropped, align } = await prepared({
    ...tinyStudy(),
    [boldOf("02", "task-a_run-2")]: { ...image, values },
  });
  expect([...voxels.indices]).toStrictEqual([0, 3]);
  expect(dropped).toStrictEqual({ constant: 1, nonFinite: 1 });
  expect(align.data.map(({ length }) => length)).toStrictEqual([48, 48, 48]);
  expect(align.data.every((data) => data.every(Number.isFinite))).toBe(true);
});

test("refuses a region whose voxels vary in nobody", async () => {
  const flat = { ...varying(12, 1), values: new Array(48).fill(1) };
  await expect(prepared({ ...tinyStudy(), [boldOf("01", "task-a_run-1")]: flat })).rejects.toMatchObject({
    code: "region/constant",
  });
});

test("the brain is the voxels in every subject's mask", async () => {
  const brain = (subject: string, run: number, values: number[]) => ({
    [`sub-${subject}/func/sub-${subject}_task-a_run-${run}_desc-brain_mask.nii.gz`]: {
      dimensions: [2, 2, 1] as const,
      values,
    },
  });
  const files = { ...tinyStudy(), ...brain("01", 1, [1, 1, 1, 0]), ...brain("03", 2, [0, 1, 1, 1]) };
  expect([...(await prepared(files)).voxels.indices]).toStrictEqual([1, 2]);
  await expect(prepared({ ...files, ...brain("02", 1, [1, 0, 0, 1]) })).rejects.toMatchObject({
    code: "region/empty",
  });
});

test("takes the nearest voxels of a mask on another grid, and says so", async () => {
  // Voxels of 1.5 mm whose first lies half a voxel aside: the second column, x = 3 mm, is inside.
  const fine = {
    dimensions: [4, 4, 1] as const,
    voxel: [1.5, 1.5, 3] as const,
    origin: [0.7, 0, 0] as const,
    values: [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0],
  };
  const files = { ...tinyStudy(), "masks/desc-fine_mask.nii.gz": fine };
  const { voxels, trims } = await prepared(files, mask("masks/desc-fine_mask.nii.gz"));
  expect([...voxels.indices]).toStrictEqual([1, 3]);
  expect(trims).toStrictEqual(["The mask lay on another grid; the nearest of its voxels were taken."]);
});

test("a mask on the same lattice, but of a larger box, is not resampled", async () => {
  const box = {
    dimensions: [3, 3, 1] as const,
    origin: [-3, -3, 0] as const,
    values: [0, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const files = { ...tinyStudy(), "masks/desc-box_mask.nii.gz": box };
  const { voxels, trims } = await prepared(files, mask("masks/desc-box_mask.nii.gz"));
  expect([...voxels.indices]).toStrictEqual([0, 3]);
  expect(trims).toStrictEqual([
    "The mask had another number of voxels than the images, on the same lattice; they were matched by place.",
  ]);
});

test("refuses a region outside the images", async () => {
  const far = { dimensions: [2, 2, 1] as const, origin: [90, 0, 0] as const, values: [1, 1, 1, 1] };
  const files = { ...tinyStudy(), "masks/desc-far_mask.nii.gz": far };
  await expect(prepared(files, mask("masks/desc-far_mask.nii.gz"))).rejects.toMatchObject({
    code: "region/empty",
  });
});

test("tells a region's voxels from its masks alone", async () => {
  const folder = await writeStudy(tinyStudy());
  written.push(folder);
  const plan = Plan.parse(tinyPlan(folder, mask("masks/desc-two_mask.nii.gz")));
  expect(await describeRegion(await bidsReader.describe(folder), plan)).toStrictEqual({
    voxels: 2,
    resampled: false,
    atMost: false,
  });
});

test("cuts a run to the rows that all subjects have, where the Plan says so", async () => {
  const files = { ...tinyStudy(), [boldOf("02", "task-a_run-1")]: varying(9, 1) };
  const { align, classify, trims } = await prepared(files, {}, trimmed);
  expect(align.runs.filter((run) => run === "task-a_run-1")).toHaveLength(9);
  expect(classify.onsets.slice(0, 3)).toStrictEqual([0, 6, 12]);
  expect(trims).toStrictEqual([
    "task-a_run-1 was cut to the 9 rows that all subjects have of 12.",
    "1 events of task-a_run-1 reach past the volumes kept and were dropped.",
  ]);
  await expect(prepared(files)).rejects.toThrow("task-a_run-1 has 12 in sub-01 and 9 in sub-02.");
});

test("keeps a repeated tail only where the Plan does not trim, and says so", async () => {
  const image = varying(12, 1);
  const values = image.values.map((value, at) => (at >= 40 ? (image.values[40 + (at % 4)] ?? 0) : value));
  const files = { ...tinyStudy(), [boldOf("03", "task-a_run-2")]: { ...image, values } };
  expect((await prepared(files)).trims).toStrictEqual([
    "sub-03 repeats one volume from row 11 of task-a_run-2 on; it was kept, as the Plan does not trim.",
  ]);
  const { trims, align } = await prepared(files, {}, trimmed);
  expect(trims[0]).toBe("sub-03 repeats one volume from row 11 of task-a_run-2 on.");
  expect(align.rows).toBe(22);
});

test("refuses events that are not the same moments in all subjects, naming who", async () => {
  const own = "sub-03/func/sub-03_task-a_run-2_events.tsv";
  const late = tinyEvents.replace("12\t4", "13.5\t4");
  const code = {
    code: "events/different",
    values: { run: "task-a_run-2", subject: "sub-01", other: "sub-03" },
  };
  await expect(prepared({ ...tinyStudy(), [own]: late })).rejects.toMatchObject(code);
  const swapped = tinyEvents.replace("0\t4\tface", "0\t4\thouse");
  await expect(prepared({ ...tinyStudy(), [own]: swapped })).rejects.toMatchObject(code);
  const jitter = tinyEvents.replace("12\t4", "12.02\t4");
  expect((await prepared({ ...tinyStudy(), [own]: jitter })).classify.rows).toBe(8);
});

test("says in words what a Plan asks for that is not there", async () => {
  const study = tinyStudy();
  const fails = (files: TinyFiles, changes = {}, dataset = {}) =>
    expect(prepared(files, changes, dataset)).rejects;
  const leaveOut = (subjects: string[], runs: string[] = []) => ({ leaveOut: { subjects, runs } });
  await fails(study, {}, leaveOut(["sub-04"])).toMatchObject({ code: "dataset/unknown-name" });
  await fails(study, {}, leaveOut([], ["task-b"])).toMatchObject({ code: "dataset/unknown-name" });
  await fails(study, {}, leaveOut(["sub-01", "sub-02"])).toMatchObject({ code: "dataset/one-subject" });
  const { [boldOf("02", "task-a_run-1")]: _, ...lacking } = study;
  await fails(lacking).toMatchObject({
    code: "dataset/missing-run",
    values: { subject: "sub-02", run: "task-a_run-1" },
  });
  const timeless = Object.fromEntries(
    Object.entries(study).map(([name, file]) => [
      name,
      name.includes("_bold") ? { ...varying(12, 1), tr: 0 } : file,
    ]),
  );
  await fails(timeless).toMatchObject({ code: "dataset/unknown-tr" });
  const events = (column: string, shiftSeconds = 0) => ({
    samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds, column } },
  });
  await fails(study, events("stimulus")).toMatchObject({ code: "events/no-column" });
  await fails(study, events("trial_type", 50)).toMatchObject({ code: "events/none" });
});

test.skipIf(!sharedFolder)(
  "cuts every subject to the rows that are whole in all, and drops later scenes",
  async () => {
    const path = join(sharedFolder ?? "", "data", "sherlock-pmc");
    const dataset = await bidsReader.describe(path);
    const plan = Plan.parse({
      ...tinyPlan(path),
      dataset: { path, ...trimmed },
      region: { kind: "mask", path: "masks/desc-pmc_mask.nii.gz" },
      protocol: { name: "fit-test", fit: ["task-sherlockPart1"], test: ["task-sherlockPart2"] },
    });
    const found = await prepare(dataset, plan, { runner: inline });
    expect(found.subjects.length).toBe(8);
    expect(found.voxels.count).toBe(481);
    expect(found.align.runs.filter((run) => run === "task-sherlockPart1").length).toBe(946);
    expect(found.align.runs.filter((run) => run === "task-sherlockPart2").length).toBe(979);
    expect(found.classify.runs.filter((run) => run === "task-sherlockPart2").length).toBe(21);
    expect(dataset.backgroundPath).toMatch(/desc-brain_T1w/);
  },
);

test.skipIf(!sharedFolder)("the brain of fmriprep-tiny is the 190 voxels of all its masks", async () => {
  const path = join(sharedFolder ?? "", "data", "fixtures", "fmriprep-tiny");
  const found = await prepare(
    await bidsReader.describe(path),
    Plan.parse(
      tinyPlan(path, {
        samples: { align: { kind: "volumes" }, classify: { kind: "volumes" } },
      }),
    ),
    { runner: inline },
  );
  expect(found.voxels.count).toBe(190);
  expect(found.trims).toStrictEqual([
    "Of the 192 voxels in any subject's brain mask, subjects lack: sub-02 2.",
  ]);
  expect(found.align.rows).toBe(60);
  expect(found.classify).toBe(found.align);
});
