import { expect, test } from "vitest";
import { methodSeconds } from "#app/run/method-seconds.ts";

/** 8 subjects with 100 × 400 samples, of which hyperalignment takes 0.055 s. */
const size = { subjects: 8, voxels: 400, rotations: 0.055 };

test.each([
  ["hyperalignment", 0.055],
  ["a method of tomorrow", 0.055],
  ["weighted-mcca", 0.005],
  ["srm", 0.008],
  ["robust-srm", 0.035],
  ["semi-supervised-srm", 0.221],
  ["generalised-procrustes", 0.248],
  ["promises", 6.47],
  ["ridge", 0.046],
  ["warp", 0.007],
  ["optimal-transport", 0.479],
  ["fused-gromov-wasserstein", 9.56],
  ["one-to-one-matching", 0.452],
])("%s is foretold to take within a factor of two of what it took", (name, took) => {
  const foretold = methodSeconds([name], size);
  expect(foretold).toBeGreaterThan(took / 2);
  expect(foretold).toBeLessThan(2 * took);
});

test("of several methods that are tried the mean is foretold", () => {
  expect(methodSeconds(["hyperalignment", "warp"], size)).toBeCloseTo((0.055 + 0.0066) / 2, 12);
});
