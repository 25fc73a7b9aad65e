import { expect, test } from "vitest";
import { firstVoxel, mapValues, scaleEnd } from "#renderer/brain/map-kind.ts";

test("a scale ends above 99 of 100 absolute values of both sides, rounded up to two digits", () => {
  const before = Float32Array.from({ length: 50 }, (_, at) => at / 128);
  const after = Float32Array.from({ length: 50 }, (_, at) => (at === 0 ? -40 : -at / 1000));
  expect(scaleEnd(before, after)).toBeCloseTo(0.39, 12);
});

test("values that are not there do not count, and a map without any has a scale to 1", () => {
  expect(scaleEnd(Float32Array.of(Number.NaN, 0.123), null)).toBeCloseTo(0.13, 12);
  expect(scaleEnd(Float32Array.of(0, Number.NaN), null)).toBe(1);
});

test("the voxel to look at first tells the first subject's conditions apart most; one without values is none", () => {
  const maps = { conditions: ["face", "house"], voxels: 3 } as unknown as Parameters<typeof firstVoxel>[0];
  const before = Float32Array.of(Number.NaN, 1, 2, Number.NaN, 1.5, -2, 9, 9, 9, -9, -9, -9);
  const arrays = { patterns: { before, after: null } } as unknown as Parameters<typeof firstVoxel>[1];
  expect(firstVoxel(maps, arrays)).toBe(2);
});

test("a map of correlations above chance keeps those whose p is below .05 by the correction asked for", () => {
  const maps = { voxels: 3, subjects: ["a"], conditions: [] } as unknown as Parameters<typeof mapValues>[0];
  // Correlations, then p as it is, by the false discovery rate, by the maximum, and of clusters.
  const before = Float32Array.of(
    0.5,
    0.25,
    Number.NaN,
    0.01,
    0.04,
    Number.NaN,
    0.02,
    0.06,
    Number.NaN,
    0.03,
    0.2,
    Number.NaN,
    1,
    0.01,
    Number.NaN,
  );
  const arrays = { iscTest: { before, after: null } } as unknown as Parameters<typeof mapValues>[1];
  const shown = (correction: "none" | "fdr" | "max" | "cluster") => [
    ...(mapValues(maps, arrays, "before", { kind: "above-chance", subject: 0, condition: 0, correction }) ??
      []),
  ];
  expect(shown("none")).toStrictEqual([0.5, 0.25, Number.NaN]);
  expect(shown("fdr")).toStrictEqual([0.5, 0, Number.NaN]);
  expect(shown("max")).toStrictEqual([0.5, 0, Number.NaN]);
  expect(shown("cluster")).toStrictEqual([0, 0.25, Number.NaN]);
  expect(mapValues(maps, arrays, "after", { kind: "above-chance", subject: 0, condition: 0 })).toBeNull();
});
