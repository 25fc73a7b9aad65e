import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Dataset } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { chooseFiles } from "#app/prepare/chosen-files.ts";
import { runRules } from "#app/prepare/cleaned-runs.ts";
import { makeParcels } from "#app/prepare/parcels/parcels.ts";
import { prepare } from "#app/prepare/prepare.ts";
import { regionVoxels } from "#app/prepare/region.ts";
import { listRegions } from "#app/run/list-regions.ts";
import { MadeParcels } from "#app/run/made-parcels.ts";
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

async function opened(files: TinyFiles): Promise<Dataset> {
  const folder = await writeStudy(files);
  written.push(folder);
  return bidsReader.describe(folder);
}

const planOf = (dataset: Dataset, region: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
  Plan.parse(tinyPlan(dataset.path, { region, ...changes }));

async function voxelsOf(dataset: Dataset, region: Record<string, unknown>) {
  const plan = planOf(dataset, region);
  const chosen = chooseFiles(dataset, plan);
  const found = await regionVoxels(dataset, chosen, plan, (brain, parcels) =>
    makeParcels(chosen, brain, parcels, runRules(plan), { runner: inline }),
  );
  return { ...found, indices: [...found.indices] };
}

const atlas = { dimensions: [2, 2, 1] as const, values: [1, 2, 2, 1000] };
const atlasFiles = (): TinyFiles => ({
  ...tinyStudy(),
  "atlases/two_dseg.nii.gz": atlas,
  "atlases/two_dseg.tsv": "index\tname\n1\tV1\n2\tV2\n",
});
const labels = (
  chosen: number[],
  path = "atlases/two_dseg.nii.gz",
  table: string | null = "atlases/two_dseg.tsv",
) => ({
  kind: "labels",
  path,
  table,
  labels: chosen,
});
const brainMask = (subject: string, values: number[]): TinyFiles => ({
  [`sub-${subject}/func/sub-${subject}_task-a_run-1_desc-brain_mask.nii.gz`]: {
    dimensions: [2, 2, 1],
    values,
  },
});

describe("labels of an atlas", () => {
  test("are found in the folder, listed with names and voxels, and chosen by value", async () => {
    const dataset = await opened({ ...atlasFiles(), ...brainMask("01", [1, 1, 0, 1]) });
    expect(dataset.atlases).toStrictEqual(["atlases/two_dseg.nii.gz"]);
    expect(await listRegions(dataset, planOf(dataset, labels([])), new MadeParcels(), inline)).toStrictEqual({
      labels: [
        { value: 1, name: "V1", voxels: 1, brainVoxels: 1 },
        { value: 2, name: "V2", voxels: 2, brainVoxels: 1 },
        { value: 1000, name: "1000", voxels: 1, brainVoxels: 1 },
      ],
      resampled: false,
    });
    expect(await voxelsOf(dataset, labels([2, 1000]))).toStrictEqual({
      indices: [1, 3],
      resampled: false,
      names: ["V2", "1000"],
      remarks: ["Of the 4 voxels in any subject's brain mask, subjects lack: sub-01 1."],
    });
  });

  test("of another grid are the nearest, and that is said", async () => {
    const fine = {
      dimensions: [4, 4, 1] as const,
      voxel: [1.5, 1.5, 3] as const,
      origin: [0.7, 0, 0] as const,
      values: [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4],
    };
    const dataset = await opened({ ...tinyStudy(), "atlases/fine_atlas.nii.gz": fine });
    const found = await voxelsOf(dataset, labels([2, 3], "atlases/fine_atlas.nii.gz", null));
    expect(found).toMatchObject({
      indices: [1, 2],
      resampled: true,
      names: ["2", "3"],
      remarks: ["The atlas lay on another grid; the nearest of its voxels were taken."],
    });
  });

  test("are refused where none is chosen, one is unknown, or the image holds no labels", async () => {
    const dataset = await opened({
      ...atlasFiles(),
      "atlases/half_atlas.nii.gz": { ...atlas, values: [0.5, 1, 2, 3] },
      "atlases/four_atlas.nii.gz": { ...atlas, volumes: 2, values: [1, 1, 1, 1, 2, 2, 2, 2] },
    });
    await expect(voxelsOf(dataset, labels([]))).rejects.toMatchObject({ code: "region/no-label" });
    await expect(voxelsOf(dataset, labels([3]))).rejects.toMatchObject({
      code: "region/unknown-label",
      values: { label: "3" },
    });
    await expect(voxelsOf(dataset, labels([1], "atlases/half_atlas.nii.gz", null))).rejects.toThrow(
      "its values are not whole numbers, as those of labels are",
    );
    await expect(voxelsOf(dataset, labels([1], "atlases/four_atlas.nii.gz", null))).rejects.toThrow(
      "it holds 2 volumes, and an image of labels has one",
    );
    await expect(
      voxelsOf(dataset, labels([1], "atlases/two_dseg.nii.gz", "absent.tsv")),
    ).rejects.toMatchObject({
      code: "region/table",
    });
  });
});

test("a sphere is its voxels in the brain, and is refused where it has none", async () => {
  const dataset = await opened({ ...tinyStudy(), ...brainMask("02", [1, 1, 1, 0]) });
  const sphere = (centreMm: number[], radiusMm: number) => ({ kind: "sphere", centreMm, radiusMm });
  expect((await voxelsOf(dataset, sphere([3, 0, 0], 1))).indices).toStrictEqual([1]);
  expect((await voxelsOf(dataset, sphere([3, 0, 0], 3))).indices).toStrictEqual([0, 1]);
  await expect(voxelsOf(dataset, sphere([3, 3, 0], 1))).rejects.toMatchObject({ code: "region/empty" });
});

test("what needs places in mm is refused of images that have none", async () => {
  const dataset = await opened(atlasFiles());
  const surfaces = {
    ...dataset,
    files: dataset.files.map((file) => ({ ...file, grid: { ...file.grid, kind: "surface" as const } })),
  };
  const refused = { code: "region/not-volume", values: { kind: "surfaces" } };
  for (const region of [
    { kind: "mask", path: "masks/desc-two_mask.nii.gz" },
    labels([1]),
    { kind: "sphere", centreMm: [0, 0, 0], radiusMm: 3 },
    { kind: "parcels", method: "ward", count: 2, from: ["task-a_run-1"] },
  ]) {
    await expect(voxelsOf(surfaces, region)).rejects.toMatchObject(refused);
  }
  expect((await voxelsOf(surfaces, { kind: "brain" })).indices).toHaveLength(4);
});

describe("parcels", () => {
  const parcels = (changes: Record<string, unknown> = {}) => ({
    kind: "parcels",
    count: 2,
    from: ["task-a_run-1"],
    ...changes,
  });

  /** The second column of voxels follows another course than the first. */
  const halves = (seed: number) => {
    const image = varying(12, seed);
    const values = image.values.map((_, at) => {
      const [row, voxel] = [Math.floor(at / 4), at % 4];
      return 100 + 10 * Math.sin((row + 1) * (voxel % 2 === 0 ? 1.3 : 2.4) + seed) + 0.1 * Math.sin(at);
    });
    return { ...image, values };
  };
  const study = (): TinyFiles => {
    const files = tinyStudy();
    for (const subject of ["01", "02", "03"]) files[boldOf(subject, "task-a_run-1")] = halves(1);
    return files;
  };
  const fitTest = { protocol: { name: "fit-test", fit: ["task-a_run-1"], test: ["task-a_run-2"] } };

  test.each(["ward", "kmeans"])(
    "%s groups voxels of one course, numbered by their first voxels",
    async (method) => {
      const dataset = await opened(study());
      const made = new MadeParcels();
      const plan = planOf(dataset, parcels({ method }), fitTest);
      expect((await listRegions(dataset, plan, made, inline)).labels).toStrictEqual([
        { value: 1, name: "parcel 1", voxels: 2, brainVoxels: 2 },
        { value: 2, name: "parcel 2", voxels: 2, brainVoxels: 2 },
      ]);
      const second = planOf(dataset, parcels({ method, parcels: [2] }), fitTest);
      expect([...(await prepare(dataset, second, { runner: inline })).voxels.indices]).toStrictEqual([1, 3]);
      expect((await listRegions(dataset, second, made, inline)).labels).toHaveLength(2);
    },
  );

  test("are refused of a tested run, of an unknown run, and where there are fewer voxels", async () => {
    const dataset = await opened(study());
    const list = (region: Record<string, unknown>, changes: Record<string, unknown> = fitTest) =>
      listRegions(dataset, planOf(dataset, region, changes), new MadeParcels(), inline);
    await expect(list(parcels(), {})).rejects.toMatchObject({ code: "plan/leak" });
    await expect(list(parcels({ from: ["task-b"] }))).rejects.toMatchObject({ code: "dataset/unknown-run" });
    await expect(list(parcels({ count: 5 }))).rejects.toMatchObject({
      code: "region/too-few",
      values: { count: "5", voxels: "4" },
    });
    await expect(
      prepare(dataset, planOf(dataset, parcels({ parcels: [3] }), fitTest), { runner: inline }),
    ).rejects.toMatchObject({
      code: "region/unknown-label",
    });
  });

  test("stop when they are cancelled", async () => {
    const dataset = await opened(study());
    const stop = AbortSignal.abort(new Error("stopped"));
    const plan = planOf(dataset, parcels(), fitTest);
    await expect(listRegions(dataset, plan, new MadeParcels(), inline, { signal: stop })).rejects.toThrow(
      "stopped",
    );
  });
});

test.skipIf(sharedFolder === null)("sherlock-tiny's five parcels are labels without a table", async () => {
  const folder = join(sharedFolder ?? "", "data", "fixtures", "sherlock-tiny");
  const dataset = await bidsReader.describe(folder);
  expect(dataset.atlases).toStrictEqual(["k5_3mm.nii.gz"]);
  const region = labels([4], "k5_3mm.nii.gz", null);
  const found = await listRegions(dataset, planOf(dataset, region), new MadeParcels(), inline);
  expect(found.labels.map(({ name }) => name)).toStrictEqual(["1", "2", "3", "4", "5"]);
  expect(found.resampled).toBe(false);
  expect(found.labels.reduce((sum, { brainVoxels }) => sum + brainVoxels, 0)).toBe(308);
});
