import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { Examination } from "#app/contract/dataset.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { examineDataset } from "#app/prepare/examination.ts";
import {
  boldOf,
  niftiBytes,
  type TinyFiles,
  tinyStudy,
  varying,
  writeStudy,
} from "#test/dataset/tiny-study.ts";
import { inline } from "#test/run/inline.ts";
import { sharedFolder } from "#test/shared.ts";

const written: string[] = [];

async function examine(files: TinyFiles): Promise<Examination> {
  const folder = await writeStudy(files);
  written.push(folder);
  const found = await inline.drive(examineDataset(await bidsReader.describe(folder)));
  expect(Examination.parse(found)).toStrictEqual(found);
  return found;
}

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

function changed(volumes: number, change: (row: number, voxel: number, value: number) => number) {
  const image = varying(volumes, 1);
  const values = image.values.map((value, at) => change(Math.floor(at / 4), at % 4, value));
  return { ...image, values };
}

test("finds nothing in a whole study", async () => {
  const { files, problems } = await examine(tinyStudy());
  expect(problems).toStrictEqual([]);
  expect(files).toHaveLength(6);
  expect(files[0]).toStrictEqual({
    subject: "sub-01",
    run: "task-a_run-1",
    voxels: 4,
    nonFinite: 0,
    constant: 0,
    goodRows: 12,
  });
});

test("counts voxels that are constant or not numbers, within the brain mask", async () => {
  const image = changed(12, (row, voxel, value) =>
    voxel === 0 ? 5 : voxel === 1 && row === 7 ? Number.NaN : voxel === 3 ? Number.POSITIVE_INFINITY : value,
  );
  const { files, problems } = await examine({
    ...tinyStudy(),
    [boldOf("02", "task-a_run-1")]: image,
    "sub-02/func/sub-02_task-a_run-1_desc-brain_mask.nii.gz": { dimensions: [2, 2, 1], values: [1, 1, 1, 0] },
  });
  expect(files.find(({ subject, run }) => subject === "sub-02" && run === "task-a_run-1")).toMatchObject({
    voxels: 3,
    nonFinite: 1,
    constant: 1,
    goodRows: 12,
  });
  expect(problems.map(({ severity, text }) => [severity, text])).toStrictEqual([
    [
      "warning",
      "1 of 3 brain voxels hold values that are not numbers. They will be dropped in every subject.",
    ],
    [
      "warning",
      "1 of 3 brain voxels never change. They carry no signal and will be dropped in every subject.",
    ],
  ]);
});

test("finds a tail that repeats one volume, and counts constant voxels before it only", async () => {
  const last = varying(12, 1).values;
  const image = changed(12, (row, voxel, value) =>
    row >= 9 ? (last[9 * 4 + voxel] ?? 0) : voxel === 2 ? 7 : value,
  );
  const { files, problems } = await examine({ ...tinyStudy(), [boldOf("03", "task-a_run-2")]: image });
  expect(files.at(-1)).toMatchObject({ goodRows: 9, constant: 1 });
  expect(problems[0]).toMatchObject({
    severity: "error",
    subject: "sub-03",
    run: "task-a_run-2",
    repair: "trim-to-common-rows",
  });
});

/** Its header can be unpacked, its last volumes can't. */
const early = gzipSync(niftiBytes(varying(5000, 1))).subarray(0, -40);

test("an image that ends early is a problem of its run, and the others are read", async () => {
  const { files, problems } = await examine({ ...tinyStudy(), [boldOf("02", "task-a_run-1")]: early });
  expect(files.map(({ subject, run }) => `${subject} ${run}`)).toStrictEqual([
    "sub-01 task-a_run-1",
    "sub-01 task-a_run-2",
    "sub-02 task-a_run-2",
    "sub-03 task-a_run-1",
    "sub-03 task-a_run-2",
  ]);
  expect(problems).toMatchObject([
    { severity: "error", subject: "sub-02", run: "task-a_run-1", repair: "leave-out-run" },
  ]);
  expect(problems[0]?.text).toMatch(
    /^sub-02_task-a_run-1_bold\.nii\.gz ends early: .* Fetch the file again\. Or leave out the run\.$/,
  );
});

test("is refused where every image ends early", async () => {
  const files = Object.keys(tinyStudy()).filter((name) => name.includes("_bold"));
  await expect(examine(Object.fromEntries(files.map((name) => [name, early])))).rejects.toMatchObject({
    code: "image/truncated",
  });
});

test("stops when it is told to, with the signal's reason", async () => {
  const folder = await writeStudy(tinyStudy());
  written.push(folder);
  const dataset = await bidsReader.describe(folder);
  const controller = new AbortController();
  let done = 0;
  const onTask = () => {
    if (++done === 2) controller.abort(new Error("enough"));
  };
  const { signal } = controller;
  await expect(inline.drive(examineDataset(dataset), { signal, onTask })).rejects.toThrow("enough");
  expect(done).toBe(2);
});

test.skipIf(sharedFolder === null)("finds the tail of sub-05 in the Sherlock data", async () => {
  const dataset = await bidsReader.describe(join(sharedFolder ?? "", "data", "sherlock-pmc"));
  const { files, problems } = await inline.drive(examineDataset(dataset));
  expect(files.filter(({ goodRows }, i) => goodRows !== dataset.files[i]?.volumes)).toStrictEqual([
    { subject: "sub-05", run: "task-sherlockPart2", voxels: 481, nonFinite: 0, constant: 0, goodRows: 979 },
  ]);
  expect(problems.filter(({ severity }) => severity === "error")).toHaveLength(1);
});
