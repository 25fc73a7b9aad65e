import { describe, expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { backProjected } from "#app/align/back-projection.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { addDiagonal, type Matrix, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

function fitted(aligner: Aligner, parameters: object, rows: number, voxels: number) {
  const subjects = [1, 2, 3].map((seed) => alignSubject(noise(rows, voxels, seed)));
  const checked = aligner.parameters.parse(parameters);
  const { transforms, commonSpace } = runInline(aligner.fit(subjects, checked), aligner.tasks, portable);
  return { transform: transforms[1] as Transform, commonSpace };
}

function apart(a: Matrix, b: Matrix): number {
  return a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (b.data[at] as number))), 0);
}

describe("what was brought into a common space comes back", () => {
  test.each([
    ["a rotation of all voxels", "hyperalignment", {}, 30, 9],
    ["a rotation that few samples leave open, completed", "hyperalignment", {}, 7, 25],
    ["a generalised Procrustes rotation", "generalised-procrustes", {}, 30, 9],
    ["one to one", "one-to-one-matching", {}, 30, 9],
  ] as const)("to the last digits through %s", (_, name, parameters, rows, voxels) => {
    const { transform } = fitted(aligners[name] as Aligner, parameters, rows, voxels);
    const samples = noise(5, voxels, 11);
    const back = backProjected(portable, transform, applyTransform(portable, transform, samples), 0.001);
    expect(back.way).toBe("orthogonal");
    expect(apart(back.samples, samples)).toBeLessThan(1e-7);
  });

  test("as far as components hold it: brought in again it is the same", () => {
    const { transform, commonSpace } = fitted(aligners.srm as Aligner, { components: 4 }, 30, 9);
    const back = backProjected(portable, transform, commonSpace, 0.001);
    expect(back.way).toBe("orthogonal");
    expect(apart(applyTransform(portable, transform, back.samples), commonSpace)).toBeLessThan(1e-8);
  });
});

describe("a map that is not orthogonal", () => {
  test("is undone by the ridge regression that its normal equations give", () => {
    const { transform, commonSpace } = fitted(aligners.ridge as Aligner, {}, 30, 9);
    const { samples, way } = backProjected(portable, transform, commonSpace, 0.01);
    expect(way).toBe("ridge");
    const map = denseMap(portable, { ...transform, scale: 1 });
    const gram = portable.gram(map);
    const largest = portable.eigenSymmetric(gram).values[0] as number;
    addDiagonal(gram, 0.01 * largest);
    const wanted = commonSpace.data.map(
      (value, at) => (value - (transform.offsetOut[at % 9] as number)) / transform.scale,
    );
    const right = portable.multiply(map, transpose({ ...commonSpace, data: wanted }));
    const direct = transpose(portable.solve(gram, right));
    const shifted = direct.data.map((value, at) => value + (transform.offsetIn[at % 9] as number));
    // The largest singular value is known to some per cent of a per cent by then.
    expect(apart(samples, { ...direct, data: shifted })).toBeLessThan(1e-3);
  });

  test("of searchlights is told from its transpose, and brings back what went in within the ridge", () => {
    const used = inSearchlights(aligners.hyperalignment as Aligner, { radiusMm: 2, spacingMm: null });
    const { transform } = fitted(used, {}, 30, 9);
    const samples = noise(4, 9, 12);
    const there = applyTransform(portable, transform, samples);
    const { samples: back, way } = backProjected(portable, transform, there, 1e-9);
    expect(way).toBe("ridge");
    expect(apart(applyTransform(portable, transform, back), there)).toBeLessThan(1e-3);
  });

  test("that keeps nothing brings nothing back", () => {
    const { transform, commonSpace } = fitted(aligners.ridge as Aligner, {}, 30, 9);
    const { samples } = backProjected(portable, { ...transform, scale: 0 }, commonSpace, 0.01);
    expect(samples.data.every(Number.isFinite)).toBe(true);
  });
});
