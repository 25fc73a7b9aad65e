import { describe, expect, test } from "vitest";
import { besideSamples, connectome, targetMeans } from "#app/align/connectome.ts";
import { inVolume } from "#app/align/searchlights.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { noise } from "#test/linalg/noise.ts";
import { sharedFolder } from "#test/shared.ts";

describe.skipIf(sharedFolder === null)("connectomes against PyMVPA", () => {
  test.each([
    ["seedmeans", [5, 20, 35, 50, 65, 80, 95, 104]],
    ["seedmeans_all", Array.from({ length: 108 }, (_, at) => at)],
  ] as const)("%s agrees to 1e-5: theirs is in single precision", (name, seeds) => {
    const inputs = goldenArchive("inputs");
    const places = Float64Array.from((inputs.get("grid_ijk") as NpyArray).data, Number);
    const targets = Array.from(seeds, inVolume(places).nearby(2)).map(({ columns }) => columns);
    const found = stored(inputs, "grid_train").map((samples) =>
      connectome(portable, samples, targetMeans(samples, targets)),
    );
    const wanted = stored(goldenArchive("connectivity_pymvpa"), `${name}/connectome`);
    expect(wanted.length).toBe(6);
    expect(relative(found, wanted)).toBeLessThan(1e-5);
  });
});

test("hybrid rows give connectivity and samples the same norm, and are z-scored by voxel", () => {
  const [rows, samples] = [noise(4, 6, 1), noise(20, 6, 2)];
  const found = besideSamples(portable, rows, samples);
  expect([found.rows, found.columns]).toStrictEqual([24, 6]);
  const again = matrixFrom(24, 6, found.data);
  portable.zscore(again);
  again.data.forEach((value, at) => {
    expect(value).toBeCloseTo(found.data[at] as number, 12);
  });
  // Before z-scoring both had one norm: rows of the shorter were multiplied by the ratio of the norms.
  const size = ({ data }: Matrix) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
  const ratio = size(samples) / size(rows);
  const column = [0, 1, 2, 3].map((row) => ratio * (rows.data[row * 6] as number));
  const below = Array.from({ length: 20 }, (_, row) => samples.data[row * 6] as number);
  const all = [...column, ...below];
  const mean = all.reduce((sum, value) => sum + value, 0) / 24;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 24);
  expect(found.data[0]).toBeCloseTo(((all[0] as number) - mean) / deviation, 10);
});
