import { expect, test } from "vitest";
import { completeMap } from "#app/align/completion.ts";
import { composed } from "#app/align/composition.ts";
import { fitProcrustes, readySource, readyTarget } from "#app/align/procrustes.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { whitening } from "#app/align/whitening.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { noise } from "#test/linalg/noise.ts";

/** A map of voxels from..from+V of A to voxels to..to+V of C. */
function fitted(a: Matrix, c: Matrix, from: number, to: number, thin = false): Transform {
  const source = readySource(portable, a);
  const target = readyTarget(portable, c, source.wide !== null, false);
  const fit = fitProcrustes(portable, source, target, { scaling: true, reflection: true });
  const [own, theirs] = [a, c].map(({ columns }, at) =>
    Int32Array.from({ length: columns }, (_, voxel) => voxel + (at === 0 ? from : to)),
  ) as [Int32Array, Int32Array];
  const map = completeMap(portable, fit, thin ? "thin" : "closest-to-identity", own, theirs);
  return { offsetIn: source.offset, offsetOut: fit.offsetOut, scale: fit.scale, map };
}

function expectSame(first: Transform, second: Transform, samples: Matrix): void {
  const twice = applyTransform(portable, second, applyTransform(portable, first, samples));
  const once = applyTransform(portable, composed(portable, first, second), samples);
  const apart = once.data.map((value, at) => Math.abs(value - (twice.data[at] as number)));
  expect(Math.max(...apart)).toBeLessThan(1e-9);
}

/** 5 rows leave most of 12 voxels open: factored maps; 40 rows: dense ones. */
const few = [noise(5, 12, 1), noise(5, 10, 2), noise(5, 11, 3)] as const;
const many = [noise(40, 12, 4), noise(40, 10, 5), noise(40, 11, 6)] as const;

test.each([
  ["factored and factored, over shared voxels", fitted(few[0], few[1], 0, 3), fitted(few[1], few[2], 3, 5)],
  ["factored without shared voxels", fitted(few[0], few[1], 0, 90), fitted(few[1], few[2], 90, 0, true)],
  ["dense and dense", fitted(many[0], many[1], 0, 0), fitted(many[1], many[2], 0, 0)],
  ["dense and factored", fitted(many[0], many[1], 0, 0), fitted(few[1], few[2], 0, 2)],
  ["factored and dense", fitted(few[0], few[1], 0, 1), fitted(many[1], many[2], 0, 2)],
  ["whitening and factored", whitening(portable, few[0], 0.5), fitted(few[0], few[1], 0, 3)],
  ["whitening that drops and dense", whitening(portable, few[0], 0), fitted(many[0], many[1], 0, 3)],
])("one transform does what two do: %s", (_, first, second) => {
  expectSame(first, second, noise(7, 12, 9));
});

test("whitening changes nothing at alpha 1, and makes every direction alike at 0", () => {
  const samples = noise(30, 4, 7);
  const same = applyTransform(portable, whitening(portable, samples, 1), samples);
  const { matrix } = portable.centre(samples);
  same.data.forEach((value, at) => {
    expect(value).toBeCloseTo(matrix.data[at] as number, 10);
  });
  const white = applyTransform(portable, whitening(portable, samples, 0), samples);
  const { values } = portable.svd(white);
  expect(Math.max(...values) / Math.min(...values)).toBeCloseTo(1, 10);
});
