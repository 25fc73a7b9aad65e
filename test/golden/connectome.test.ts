import { describe, expect, test } from "vitest";
import { besideSamples, connectome, targetMeans } from "#app/align/connectome.ts";
import { inVolume } from "#app/align/searchlights.ts";
import { seedComponents } from "#app/align/seed-components.ts";
import { type Matrix, matrixFrom, scaled, scaledColumns, stackColumns, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";
import { sharedFolder } from "#test/shared.ts";

const kernels = native ?? portable;

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

  test("npcs3_all agrees to 1e-4 but for signs, which are arbitrary: theirs is in single precision", () => {
    const inputs = goldenArchive("inputs");
    const places = Float64Array.from((inputs.get("grid_ijk") as NpyArray).data, Number);
    const samples = stored(inputs, "grid_train");
    const all = Int32Array.from({ length: 108 }, (_, at) => at);
    const targets = Array.from(all, inVolume(places).nearby(2)).map(({ columns }) => columns);
    const means = samples.map((own) => {
      const found = targetMeans(own, targets);
      kernels.zscore(found);
      return found;
    });
    const seeds = targets.map((columns) => samples.map(() => columns));
    const courses = seedComponents(kernels, { samples, means, fitted: 6, seeds, components: 3 });
    for (const subject of [0, 5]) {
      const own = samples[subject] as Matrix;
      const found = stackColumns(courses[subject] as readonly Matrix[]);
      const [wanted] = stored(goldenArchive("connectivity_pymvpa"), `npcs3_all/connectome_abs_sub${subject}`);
      const signs = theirSigns(correlationsWith(found, own), wanted as Matrix);
      const turned = scaledColumns(found, (target) => signs[target] as number);
      const { data, ...size } = connectome(kernels, own, turned);
      expect(relative([{ ...size, data: data.map(Math.abs) }], [wanted as Matrix])).toBeLessThan(1e-4);
    }
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

/** Targets × voxels, before they are z-scored. */
function correlationsWith(targets: Matrix, samples: Matrix): Matrix {
  return scaled(kernels.multiply(targets, samples, { left: true }), 1 / samples.rows);
}

/**
 * Which targets were turned round in theirs, of which only |(s·c − m)/σ| is known, with correlations c, a sign s for each
 * target, and the mean m and deviation σ of s·c at each voxel. What |c| lacks, times the sign of c, is s·m, of rank one.
 */
function theirSigns(correlations: Matrix, theirs: Matrix): number[] {
  const { rows, columns, data } = correlations;
  const lacking = zeros(rows, columns);
  for (let voxel = 0; voxel < columns; voxel++) {
    const own = Array.from({ length: rows }, (_, row) => data[row * columns + voxel] as number);
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0) / rows);
    own.forEach((value, row) => {
      const at = row * columns + voxel;
      const size = (theirs.data[at] as number) * deviation;
      lacking.data[at] = Math.sign(value) * (Math.abs(value) - size);
    });
  }
  const { u } = kernels.svd(lacking);
  return Array.from({ length: rows }, (_, row) => Math.sign(u.data[row * u.columns] as number));
}
