import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { distancesBetween } from "#app/align/distances.ts";
import { eigenmodes } from "#app/align/eigenmodes.ts";
import { apartBy, spectralPlan } from "#app/align/spectral-transport.ts";
import { correlations } from "#app/evaluate/correlations.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { sharedFolder } from "#test/shared.ts";

const kernels = native ?? portable;

describe.skipIf(sharedFolder === null)("spectral optimal transport against fmralign", () => {
  const golden = readNpz(readFileSync(join(import.meta.dirname, "spectral_transport.npz")));
  const [modes] = stored(golden, "modes") as [Matrix];

  test.each([
    [0.5, 0.01],
    [0.1, 0.01],
    [0.5, 0.1],
  ])("a plan by its modes, geometry %d, regularisation %d", (geometry, epsilon) => {
    const [x, y] = stored(goldenArchive("inputs"), "grid_train") as [Matrix, Matrix];
    const plan = spectralPlan(kernels, x, y, apartBy(kernels, modes), { geometry, epsilon });
    const [theirs] = stored(golden, `plan_${geometry}_${epsilon}`) as [Matrix];
    const apart = plan.data.reduce((sum, mass, at) => sum + Math.abs(mass - (theirs.data[at] as number)), 0);
    // Of a mass of 1 in all; theirs is in single precision.
    expect(apart).toBeLessThan(5e-5);
  });

  test("modes of our own say alike where voxels lie, and nearer to how far they are from each other", () => {
    const places = Float64Array.from((goldenArchive("inputs").get("grid_ijk") as NpyArray).data, Number);
    const own = apartBy(kernels, eigenmodes(kernels, places, 10)).data;
    const theirs = apartBy(kernels, modes).data;
    // Theirs takes the voxels of a volume for points of a surface.
    expect(correlation(own, theirs)).toBeGreaterThan(0.65);
    const distances = distancesBetween(places, places).data;
    expect(correlation(theirs, distances)).toBeLessThan(0.5);
    expect(correlation(own, distances)).toBeGreaterThan(0.65);
  });
});

function correlation(a: Float64Array, b: Float64Array): number {
  return correlations(matrixFrom(1, a.length, a), matrixFrom(1, b.length, b)).data[0] as number;
}
