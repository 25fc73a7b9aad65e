import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Cleaning } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { confoundsFiles, type Regressors, readRegressors } from "#app/prepare/confounds.ts";
import { writeStudy } from "#test/dataset/tiny-study.ts";
import { chosenGolden, confoundsFiles as golden } from "#test/golden/clean-archive.ts";
import { sharedFolder } from "#test/shared.ts";

const written: string[] = [];

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

const TABLE = "sub-01_task-a_desc-confounds_timeseries.tsv";

function imageOf(
  confoundsPath: string | null,
  volumes: number,
  treatments: RunFile["treatments"] = [],
): RunFile {
  return {
    subject: "sub-01",
    run: "task-a",
    path: "sub-01_task-a_bold.nii.gz",
    companionPath: null,
    format: "nifti",
    part: "",
    rows: null,
    maskPath: null,
    eventsPath: null,
    confoundsPath,
    labels: [],
    treatments,
    volumes,
    repetitionTimeSeconds: 2,
    grid: { kind: "volume", dimensions: [1, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
    sizeBytes: 1,
  };
}

/** What is read of a table by a Plan's cleaning. */
async function read(
  tsv: string,
  cleaning: Record<string, unknown>,
  { volumes = 3, json }: { volumes?: number; json?: string } = {},
): Promise<Regressors> {
  const files = { [TABLE]: tsv, ...(json === undefined ? {} : { [TABLE.replace("tsv", "json")]: json }) };
  const folder = await writeStudy(files);
  written.push(folder);
  return readRegressors(imageOf(join(folder, TABLE), volumes), Cleaning.parse(cleaning));
}

const valuesOf = ({ columns }: Regressors) =>
  Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]));

/** Whether the columns are those that nilearn chose, with its values. */
function expectChosen({ columns }: Regressors, name: string): void {
  const wanted = chosenGolden(name).columns;
  expect(columns.map((column) => column.name).sort()).toStrictEqual([...wanted.keys()].sort());
  for (const column of columns) {
    for (const [row, value] of (wanted.get(column.name) ?? []).entries()) {
      expect(Math.abs((column.values[row] ?? Number.NaN) - value)).toBeLessThan(
        1e-5 * Math.max(1, Math.abs(value)),
      );
    }
  }
}

describe("the columns are those of nilearn's load_confounds", () => {
  test.each([
    ["motion6", { motion: "6" }],
    ["motion24", { motion: "24" }],
    ["tissue_basic", { csfWhiteMatter: "basic" }],
    ["tissue_full", { csfWhiteMatter: "full" }],
    ["global", { globalSignal: true }],
    ["compcor", { cosines: true, compcor: { name: "anat", components: 3 } }],
  ])("%s", async (name, confounds) => {
    const regressors = await read(golden.tsv, { confounds }, { volumes: 60, json: golden.json });
    expectChosen(regressors, name);
    expect(regressors).toMatchObject({ marked: [], remarks: [] });
  });

  test("scrubbing marks the volumes that nilearn leaves out", async () => {
    const scrubbing = { framewiseDisplacementMm: 0.3, stdDvars: 1.4 };
    const { marked } = await read(golden.tsv, { scrubbing }, { volumes: 60 });
    const { rows } = chosenGolden("scrub");
    expect(marked).toStrictEqual(
      Array.from({ length: 60 }, (_, row) => row).filter((row) => !rows.includes(row)),
    );
    expect(marked.length).toBe(10);
  });

  test.skipIf(sharedFolder === null).each([
    ["tiny_01", "sub-01", "timeseries"],
    ["tiny_03", "sub-03", "regressors"],
  ])("%s, of the fixtures", async (name, subject, suffix) => {
    const folder = join(sharedFolder ?? "", "data", "fixtures", "fmriprep-tiny", subject, "func");
    const path = join(folder, `${subject}_task-movie_run-1_desc-confounds_${suffix}.tsv`);
    const confounds = { motion: "6", csfWhiteMatter: "basic", globalSignal: true, cosines: true };
    expectChosen(await readRegressors(imageOf(path, 30), Cleaning.parse({ confounds })), name);
  });
});

test("the names of fMRIPrep before 1.2 serve as well", async () => {
  const tsv = [
    "CSF\tWhiteMatter\tGlobalSignal\tstdDVARS\tFramewiseDisplacement\tX\tY\tZ\tRotX\tRotY\tRotZ\taCompCor01\taCompCor00\tCosine00\tNonSteadyStateOutlier00",
    "1\t2\t3\tn/a\tn/a\t4\t5\t6\t7\t8\t9\t11\t10\t0.5\t1",
    "2\t3\t4\t0.5\t0.9\t5\t6\t7\t8\t9\t10\t12\t11\t0.4\t0",
    "2\t3\t4\t2\t0.1\t5\t6\t7\t8\t9\t10\t12\t11\t0.4\t0",
    "",
  ].join("\n");
  const confounds = {
    motion: "6",
    csfWhiteMatter: "basic",
    globalSignal: true,
    cosines: true,
    compcor: { name: "anat", components: 1 },
  };
  const scrubbing = { framewiseDisplacementMm: 0.5 };
  const found = await read(tsv, { confounds, scrubbing });
  expect(found.columns.map(({ values }) => values[0])).toStrictEqual([4, 5, 6, 7, 8, 9, 1, 2, 3, 10, 0.5]);
  expect(found.marked).toStrictEqual([0, 1]);
  expect((await read(tsv, { scrubbing: { ...scrubbing, stdDvars: 1.5 } })).marked).toStrictEqual([0, 1, 2]);
});

test("differences and squares that a table lacks are computed; the n/a of first rows take what follows", async () => {
  const tsv = "csf\twhite_matter\twhite_matter_derivative1\n1\t2\tn/a\n4\t3\t7\n6\t5\t9\n";
  expect(valuesOf(await read(tsv, { confounds: { csfWhiteMatter: "full" } }))).toStrictEqual({
    csf: [1, 4, 6],
    csf_derivative1: [3, 3, 2],
    csf_power2: [1, 16, 36],
    csf_derivative1_power2: [9, 9, 4],
    white_matter: [2, 3, 5],
    white_matter_derivative1: [7, 7, 9],
    white_matter_power2: [4, 9, 25],
    white_matter_derivative1_power2: [49, 49, 81],
  });
});

test("says what was asked for and is not there, and what belongs to CompCor", async () => {
  const tsv = "a_comp_cor_00\na_b\n".replace("a_b", "1\n3\n2");
  const confounds = { compcor: { name: "anat", components: 5 }, cosines: true };
  expect((await read(tsv, { confounds })).remarks).toStrictEqual([
    `${TABLE} has 1 of the 5 aCompCor components; those were used.`,
    `${TABLE} has no cosines, so that none were used.`,
  ]);
  expect((await read(tsv, { confounds: { ...confounds, cosines: false } })).remarks[1]).toBe(
    "aCompCor was used without the high-pass filter or cosines that it was made with.",
  );
});

test("reads nothing for an image that was denoised before, nor where nothing is asked for", async () => {
  const cleaning = Cleaning.parse({ confounds: { motion: "24" }, scrubbing: {} });
  const image = imageOf("/nowhere/x.tsv", 3, ["denoised"]);
  expect((await readRegressors(image, cleaning)).columns).toStrictEqual([]);
  expect(
    (await readRegressors(imageOf(null, 3), Cleaning.parse({ detrend: "linear" }))).columns,
  ).toStrictEqual([]);
  expect(await confoundsFiles(image, cleaning)).toStrictEqual([]);
});

test("the files read are the table and, for CompCor, its JSON file", async () => {
  const folder = await writeStudy({ [TABLE]: golden.tsv, [TABLE.replace("tsv", "json")]: golden.json });
  written.push(folder);
  const named = async (cleaning: Record<string, unknown>) =>
    (await confoundsFiles(imageOf(join(folder, TABLE), 60), Cleaning.parse(cleaning))).map((path) =>
      basename(path),
    );
  expect(await named({ scrubbing: {} })).toStrictEqual([TABLE]);
  const compcor = { name: "anat" };
  expect(await named({ confounds: { compcor } })).toStrictEqual([TABLE, TABLE.replace("tsv", "json")]);
  expect(await named({ detrend: "linear" })).toStrictEqual([]);
});

test("refuses a table that is missing, of another length, without a column or with a hole", async () => {
  const motion = { confounds: { motion: "6" } };
  const csf = { confounds: { csfWhiteMatter: "basic" } };
  await expect(readRegressors(imageOf(null, 3), Cleaning.parse(motion))).rejects.toThrow(
    "No confounds table belongs to task-a of sub-01.",
  );
  await expect(readRegressors(imageOf("/nowhere/x.tsv", 3), Cleaning.parse(motion))).rejects.toThrow(
    "/nowhere/x.tsv can't be read as a table of confounds: it is not there, or you may not read it.",
  );
  await expect(read("csf\twhite_matter\n1\t2\n2\t3\n", csf)).rejects.toThrow(
    "it has 2 rows, and the image 3 volumes",
  );
  await expect(read("csf\ttrans_x\n1\t2\n2\t3\n4\t4\n", motion)).rejects.toMatchObject({
    code: "confounds/no-column",
    values: { file: TABLE, column: "trans_y", known: "csf, trans_x" },
  });
  await expect(read("csf\twhite_matter\n1\t2\nn/a\t3\n2\t4\n", csf)).rejects.toThrow(
    "csf has no value in row 2",
  );
  await expect(read("csf\twhite_matter\nn/a\t2\nn/a\t3\nn/a\t4\n", csf)).rejects.toThrow(
    "csf has no value in row 1",
  );
  await expect(read("csf\twhite_matter\n1\t2\n1e999\t3\n2\t4\n", csf)).rejects.toThrow(
    "csf is 1e999 in row 2",
  );
  await expect(read("csf\n1\n2\n3\n", { confounds: { compcor: { name: "anat" } } })).rejects.toMatchObject({
    code: "confounds/no-column",
    values: { column: "a_comp_cor_00" },
  });
});
