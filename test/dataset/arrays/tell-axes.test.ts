import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Axis } from "#app/contract/arrays.ts";
import type { Dataset, RunFile } from "#app/contract/dataset.ts";
import { arraysAt } from "#app/dataset/array-files.ts";
import { axesQuestions } from "#app/dataset/axes-questions.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { tellAxes } from "#app/dataset/tell-axes.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { fixtures } from "../fixtures.ts";
import { npyBytes } from "./npy-bytes.ts";

async function copied(name: string): Promise<string> {
  const path = join(temporaryFolder("axes"), basename(name));
  await copyFile(join(fixtures, name), path);
  return path;
}

/** A folder "data" of .npy files of these shapes; value i of an array is i. */
async function folderOf(shapes: Record<string, readonly number[]>): Promise<string> {
  const folder = join(temporaryFolder("axes"), "data");
  for (const [name, shape] of Object.entries(shapes)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    const count = shape.reduce((product, extent) => product * extent, 1);
    const values = Array.from({ length: count }, (_, i) => i);
    await writeFile(join(folder, name), npyBytes(shape, values));
  }
  return folder;
}

/** Tells the axes of all arrays with so many, and opens the table. */
async function told(path: string, axes: readonly Axis[], trSeconds: number | null = null): Promise<Dataset> {
  const shapes = (await arraysAt(path)).map(({ shape }) => shape);
  const answers = shapes.map((shape) => ({ shape, axes: shape.length === axes.length ? axes : null }));
  return describeDataset(await tellAxes({ path, answers, trSeconds }));
}

async function volumesOf(file: RunFile | undefined): Promise<number[][]> {
  if (file === undefined) return [];
  const volumes: number[][] = [];
  const all = Int32Array.from({ length: file.grid.dimensions[0] }, (_, i) => i);
  await formatOf(file).eachVolume(file, all, (values) => volumes.push([...values]));
  return volumes;
}

const places = ({ files }: Dataset): string[] =>
  files.map((file) => `${file.subject} ${file.run} ${file.volumes}x${file.grid.dimensions[0]}`);

describe.skipIf(sharedFolder === null)("the fixtures of arrays, told their axes", () => {
  test("a matrix is read in either order", async () => {
    const path = await copied("arrays/f4_C.npy");
    const rows = await told(path, ["time", "voxels"], 1.5);
    expect(places(rows)).toStrictEqual(["sub-01 f4_C 12x20"]);
    expect(rows.path).toBe(`${path}_concord.tsv`);
    expect(rows.files[0]?.repetitionTimeSeconds).toBe(1.5);
    expect(await readFile(rows.path, "utf8")).toBe(
      "file\tsubject\trun\tpart\ttr\nf4_C.npy\tsub-01\tf4_C\t:time,voxels\t1.5\n",
    );
    const byTime = await volumesOf(rows.files[0]);
    expect(byTime[0]?.slice(0, 2)).toStrictEqual([1.7890625, 0.435546875]);

    const columns = await told(await copied("arrays/f4_C.npy"), ["voxels", "time"]);
    expect(places(columns)).toStrictEqual(["sub-01 f4_C 20x12"]);
    const byVoxel = await volumesOf(columns.files[0]);
    expect(byVoxel[1]?.[0]).toBe(0.435546875);
    expect(byVoxel).toStrictEqual(byTime[0]?.map((_, voxel) => byTime.map((volume) => volume[voxel])));
  });

  test("an axis of subjects makes each a subject", async () => {
    const dataset = await told(await copied("arrays/plain.npz"), ["voxels", "time", "subjects"]);
    expect(places(dataset)).toStrictEqual([1, 2, 3, 4, 5].map((i) => `sub-0${i} plain 25x30`));
    const volumes = await volumesOf(dataset.files[1]);
    expect(volumes[0]?.[0]).toBe(0.5);
    expect((await volumesOf(dataset.files[4])).at(-1)?.at(-1)).toBe(-1.4375);
  });

  test("the cells of a variable are subjects", async () => {
    const dataset = await told(await copied("matlab/cell_and_struct.mat"), ["voxels", "time"]);
    expect(places(dataset)).toStrictEqual([1, 2, 3].map((i) => `sub-0${i} cell_and_struct 30x40`));
    expect((await volumesOf(dataset.files[0]))[1]?.[0]).toBe(-0.21875);
  });

  test("what was told is found again beside the file, and said", async () => {
    const path = await copied("arrays/f4_C.npy");
    await expect(describeDataset(path)).rejects.toMatchObject({ code: "array/axes-unknown" });
    await told(path, ["time", "voxels"]);
    const dataset = await describeDataset(path);
    expect(dataset.path).toBe(`${path}_concord.tsv`);
    expect(dataset.problems[0]).toStrictEqual({
      severity: "note",
      text: "Whose the images are and what their axes are is read from f4_C.npy_concord.tsv beside them. Mend that table, or move it away, to say it anew.",
    });
  });

  test("a table that is there stays, and the same is told twice", async () => {
    const path = await copied("arrays/f4_C.npy");
    const { path: table } = await told(path, ["time", "voxels"]);
    await told(path, ["time", "voxels"]);
    const before = await readFile(table, "utf8");
    await expect(told(path, ["voxels", "time"])).rejects.toMatchObject({ code: "table/exists" });
    expect(await readFile(table, "utf8")).toBe(before);
    expect((await readdir(dirname(table))).sort()).toStrictEqual(["f4_C.npy", "f4_C.npy_concord.tsv"]);
  });

  test.each([[["time", "time"]], [["time", "subjects"]], [["time", "voxels", "subjects"]]] as const)(
    "%j are no axes of a matrix",
    async (axes) => {
      const path = await copied("arrays/f4_C.npy");
      await expect(
        tellAxes({ path, answers: [{ shape: [12, 20], axes }], trSeconds: null }),
      ).rejects.toMatchObject({ code: "array/axes-unknown" });
      expect(await readdir(dirname(path))).toStrictEqual(["f4_C.npy"]);
    },
  );
});

test("a folder of one array a subject asks once, names its first array, and is read as told", async () => {
  const folder = await folderOf({
    "subject_2.npy": [4, 7],
    "subject_1.npy": [4, 6],
    "subject_3.npy": [4, 5],
  });
  await expect(describeDataset(folder)).rejects.toMatchObject({
    code: "array/axes-unknown",
    values: { path: join(folder, "subject_1.npy"), shapes: "4 × 6" },
  });
  expect(axesQuestions(await arraysAt(folder))).toStrictEqual([
    {
      shapes: [
        [4, 6],
        [4, 7],
        [4, 5],
      ],
      count: 3,
      example: { file: "subject_1.npy", name: "", shape: [4, 6], type: "float32" },
      preset: ["time", "voxels"],
    },
  ]);
  const dataset = await told(folder, ["time", "voxels"], 2);
  expect(places(dataset)).toStrictEqual([
    "subject_1 run-1 4x6",
    "subject_2 run-1 4x7",
    "subject_3 run-1 4x5",
  ]);
  expect(await volumesOf(dataset.files[0])).toStrictEqual(
    [0, 6, 12, 18].map((i) => [0, 1, 2, 3, 4, 5].map((v) => i + v)),
  );
  expect(dataset.path).toBe(`${folder}_concord.tsv`);

  await writeFile(
    join(folder, "subject_4.npy"),
    npyBytes(
      [4, 5],
      Array.from({ length: 20 }, () => 0),
    ),
  );
  const later = await describeDataset(folder);
  expect(later.subjects).toHaveLength(3);
  expect(later.problems[1]?.text).toBe(
    "These files are not in data_concord.tsv and are left out: subject_4.npy.",
  );
});

test("runs are told by names", async () => {
  const folder = await folderOf({
    "sub-1_run-1.npy": [4, 6],
    "sub-1_run-2.npy": [3, 6],
    "sub-2_run-1.npy": [4, 6],
    "sub-2_run-2.npy": [3, 6],
  });
  expect(places(await told(folder, ["time", "voxels"]))).toStrictEqual([
    "sub-1 run-1 4x6",
    "sub-1 run-2 3x6",
    "sub-2 run-1 4x6",
    "sub-2 run-2 3x6",
  ]);
});

test("files with an axis of subjects are runs of the same subjects", async () => {
  const folder = await folderOf({ "day_one.npy": [2, 3, 2], "day_two.npy": [2, 4, 2] });
  expect(places(await told(folder, ["voxels", "time", "subjects"]))).toStrictEqual([
    "sub-01 day_one 3x2",
    "sub-02 day_one 3x2",
    "sub-01 day_two 4x2",
    "sub-02 day_two 4x2",
  ]);
});

test("an array among readable images is shown as broken, not the ruin of the folder", async () => {
  const folder = await folderOf({
    "subject_1_session_1.npy": [6, 4],
    "subject_2_session_1.npy": [6, 4],
    "weights.npy": [3, 3],
  });
  const dataset = await describeDataset(folder);
  expect(dataset.broken.map(({ code }) => code)).toStrictEqual(["array/axes-unknown"]);
  expect(dataset.files).toHaveLength(2);
});

// Nothing is kept from root.
if (process.getuid?.() !== 0) {
  test("a folder that can't be written to is said to be so", async () => {
    const folder = await folderOf({ "subject_1.npy": [4, 6], "subject_2.npy": [4, 6] });
    await chmod(dirname(folder), 0o555);
    await expect(told(folder, ["time", "voxels"])).rejects.toMatchObject({ code: "table/read-only" });
    await chmod(dirname(folder), 0o755);
  });
}

test("of a lone array the longest axis is offered as voxels", () => {
  const at = (shape: readonly number[], name = "X") => ({ file: "a.npz", name, shape, type: "float64" });
  expect(axesQuestions([at([300, 5000]), at([5000, 8], "W")]).map(({ preset }) => preset)).toStrictEqual([
    ["time", "voxels"],
    ["voxels", "time"],
  ]);
  expect(axesQuestions([at([30, 25, 5])])[0]?.preset).toStrictEqual(["voxels", "time", "subjects"]);
  expect(axesQuestions([at([20, 20])])[0]?.preset).toStrictEqual(["time", "voxels"]);
});
