import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Dataset, Treatment } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { type Prepared, prepare } from "#app/prepare/prepare.ts";
import { runKey } from "#app/run/checkpoints.ts";
import { inputFiles } from "#app/run/input-files.ts";
import { boldOf, type TinyFiles, tinyPlan, tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { cleanGolden, confoundsFiles, farthest } from "#test/golden/clean-archive.ts";
import { inline } from "#test/run/inline.ts";

const written: string[] = [];

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

const volumes = { samples: { align: { kind: "volumes" }, classify: { kind: "volumes" } } };

/** A study whose images went through `treatments` and have the table confounds.tsv, if `files` has it. */
async function study(
  files: TinyFiles,
  treatments: (subject: string) => Treatment[] = () => [],
): Promise<Dataset> {
  const folder = await writeStudy(files);
  written.push(folder);
  const dataset = await bidsReader.describe(folder);
  const confoundsPath = "confounds.tsv" in files ? join(folder, "confounds.tsv") : null;
  return {
    ...dataset,
    files: dataset.files.map((file) => ({ ...file, confoundsPath, treatments: treatments(file.subject) })),
  };
}

function planOf({ path }: Dataset, cleaning: Record<string, unknown>, changes: Record<string, unknown> = {}) {
  return Plan.parse(tinyPlan(path, { ...volumes, cleaning, ...changes }));
}

const cleaned = (dataset: Dataset, cleaning: Record<string, unknown>): Promise<Prepared> =>
  prepare(dataset, planOf(dataset, cleaning), { runner: inline });

/** Twelve rows of two tissues that nobody's voxels follow, with one volume of much motion. */
const table = `csf\twhite_matter\tframewise_displacement\n${Array.from(
  { length: 12 },
  (_, row) => `${Math.cos(row * row)}\t${Math.sin(5 * row)}\t${row === 0 ? "n/a" : row === 4 ? 0.9 : 0.1}`,
).join("\n")}\n`;

test("an image that is smoothed, detrended, filtered, cleaned and z-scored has the numbers of nilearn's clean_img", async () => {
  const [nx, ny, nz, rows] = cleanGolden("image").shape as [number, number, number, number];
  const count = nx * ny * nz;
  /** Row by row, x fastest, of NumPy's order in which time is fastest. */
  const ordered = (name: string) =>
    Array.from({ length: count * rows }, (_, at) => {
      const [row, voxel] = [Math.floor(at / count), at % count];
      const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
      return cleanGolden(name).data[((i * ny + j) * nz + k) * rows + row] as number;
    });
  const image = {
    dimensions: [nx, ny, nz] as const,
    volumes: rows,
    voxel: [3, 3, 4] as const,
    values: ordered("image"),
  };
  const dataset = await study({
    [boldOf("01", "task-a")]: image,
    [boldOf("02", "task-a")]: image,
    "confounds.tsv": confoundsFiles.tsv,
    "confounds.json": confoundsFiles.json,
  });
  const cleaning = {
    smoothingMm: 6,
    detrend: "linear",
    highPassHertz: 0.01,
    confounds: {
      motion: "6",
      csfWhiteMatter: "basic",
      compcor: { name: "anat", components: 3 },
      cosines: true,
    },
  };
  const { align, trims } = await cleaned(dataset, cleaning);
  const wanted = ordered("image_cleaned").map((value) => value * Math.sqrt(rows / (rows - 1)));
  expect(farthest(align.data[0] ?? [], wanted)).toBeLessThan(1e-5);
  expect(trims).toStrictEqual([
    "Confounds, marked volumes and trends took degrees of freedom, at most 16 of the 60 of task-a of sub-01.",
  ]);
});

test("says how many volumes were marked and what was done before, and does that to nobody twice", async () => {
  const files = { ...tinyStudy(), "confounds.tsv": table };
  const cleaning = { confounds: { csfWhiteMatter: "basic" }, scrubbing: { framewiseDisplacementMm: 0.5 } };
  const all = await cleaned(await study(files), cleaning);
  expect(all.trims).toStrictEqual([
    "Scrubbing marked 6 of 72 volumes, at most 1 of the 12 of task-a_run-1 of sub-01; marked volumes stay as samples.",
    "Confounds, marked volumes and trends took degrees of freedom, at most 4 of the 12 of task-a_run-1 of sub-01.",
  ]);
  expect(all.align.rows).toBe(24);
  const some = await cleaned(await study(files, (s) => (s === "sub-02" ? ["denoised"] : [])), cleaning);
  expect(some.trims[0]).toBe(
    "2 of 6 images (of sub-02) were denoised before; no confounds were regressed again.",
  );
  expect(some.cleaning).toStrictEqual(all.cleaning);
  const plain = await cleaned(await study(files), {});
  expect(some.align.data[0]).toStrictEqual(all.align.data[0]);
  expect(some.align.data[1]).toStrictEqual(plain.align.data[1]);
  const none = await cleaned(await study(tinyStudy(), () => ["denoised"]), cleaning);
  expect(none.align.data).toStrictEqual(plain.align.data);
  expect(none.cleaning).toStrictEqual(planOf(await study(tinyStudy()), {}).cleaning);
  expect(none.trims).toStrictEqual(["All images were denoised before; no confounds were regressed again."]);
});

test("drops a voxel that holds nothing but a trend, and one that was not finite before it was smoothed", async () => {
  const files = tinyStudy();
  const name = boldOf("02", "task-a_run-2");
  const image = files[name] as { values: number[]; dimensions: [number, number, number]; volumes: number };
  const change = (to: (value: number, voxel: number, row: number) => number) => ({
    ...files,
    [name]: { ...image, values: image.values.map((value, at) => to(value, at % 4, Math.floor(at / 4))) },
  });
  const trend = change((value, voxel, row) => (voxel === 2 ? 500 + 3 * row : value));
  const detrended = await cleaned(await study(trend), { detrend: "linear" });
  expect([...detrended.voxels.indices]).toStrictEqual([0, 1, 3]);
  expect(detrended.dropped).toStrictEqual({ constant: 1, nonFinite: 0 });
  expect((await cleaned(await study(trend), {})).voxels.count).toBe(4);
  const holed = change((value, voxel, row) => (voxel === 1 && row === 3 ? Number.NaN : value));
  const smoothed = await cleaned(await study(holed), { smoothingMm: 4 });
  expect([...smoothed.voxels.indices]).toStrictEqual([0, 2, 3]);
  expect(smoothed.align.data.every((data) => data.every(Number.isFinite))).toBe(true);
});

test("refuses before any image is read where a subject has no confounds", async () => {
  const dataset = await study(tinyStudy());
  await expect(cleaned(dataset, { confounds: { motion: "6" } })).rejects.toMatchObject({
    code: "confounds/missing",
    values: { run: "task-a_run-1", subject: "sub-01" },
  });
});

test("the confounds are among the inputs, and their change makes other steps, where a Plan reads them", async () => {
  const dataset = await study({ ...tinyStudy(), "confounds.tsv": table });
  const scrubbed = planOf(dataset, { scrubbing: {} });
  const plain = planOf(dataset, {});
  const named = async (plan: Plan) => (await inputFiles(dataset, plan)).map(({ path }) => path);
  expect(await named(scrubbed)).toContain("confounds.tsv");
  expect(await named(plain)).not.toContain("confounds.tsv");
  const other = await study({ ...tinyStudy(), "confounds.tsv": `${table}\n` });
  const moved = {
    ...dataset,
    files: dataset.files.map((file, at) => ({
      ...file,
      confoundsPath: other.files[at]?.confoundsPath ?? null,
    })),
  };
  const keys = (plan: Plan) =>
    Promise.all([dataset, moved].map((one) => runKey(plan, one, "0.1.0", "portable")));
  const [first, second] = await keys(scrubbed);
  expect(first).not.toBe(second);
  const [third, fourth] = await keys(plain);
  expect(third).toBe(fourth);
});
