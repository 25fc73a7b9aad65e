import { expect, test } from "vitest";
import { standardise } from "#app/evaluate/standardise.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";

test("samples are put into units of the rows given: less their mean, over their spread (ddof 0)", () => {
  const by = { rows: 4, columns: 1, data: Float32Array.of(0, 4, 0, 4) };
  expect([...standardise(matrixFrom(2, 1, [2, 6]), by).data]).toStrictEqual([0, 2]);
});

test("by themselves, samples are z-scored", () => {
  const samples = matrixFrom(2, 2, [1, 10, 3, 30]);
  expect([...standardise(samples, samples).data]).toStrictEqual([-1, -1, 1, 1]);
});

test("a voxel that is constant in the rows given is only centred", () => {
  const by = matrixFrom(2, 1, [5, 5]);
  expect([...standardise(matrixFrom(2, 1, [4, 7]), by).data]).toStrictEqual([-1, 2]);
});

test("a constant that a sum of its parts would miss by its last digits is only centred", () => {
  const by = matrixFrom(3, 1, [0.1, 0.1, 0.1]);
  expect([...standardise(matrixFrom(2, 1, [0.1, 1.1]), by).data]).toStrictEqual([0, 1]);
});
