import { expect, test } from "vitest";
import { iscSummary } from "#app/report/isc-summary.ts";

test("ISC is averaged by Fisher's z over the voxels that have one on both sides in every subject", () => {
  // Subjects × voxels; the second voxel lacks a value after alignment in one of them.
  const before = Float32Array.of(0.5, 0.9, 0, 0.2, 0.9, 0.2);
  const after = Float32Array.of(0.6, Number.NaN, 0.6, 0.1, 0.9, 0.3);
  const found = iscSummary(before, after, 2);
  expect(found?.voxels).toBe(2);
  expect(found?.before[0]).toBeCloseTo(Math.tanh(Math.atanh(0.5) / 2), 6);
  expect(found?.before[1]).toBeCloseTo(0.2, 6);
  expect(found?.after[0]).toBeCloseTo(0.6, 6);
});

test("there is no summary where no voxel has a value everywhere", () => {
  expect(iscSummary(Float32Array.of(0.1, Number.NaN), Float32Array.of(0.1, 0.1), 2)).toBeNull();
});
