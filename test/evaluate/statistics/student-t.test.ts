import { expect, test } from "vitest";
import { studentQuantile, studentTwoSided } from "#app/evaluate/statistics/student-t.ts";

// Of scipy.stats.t.
test.each([
  [0, 5, 0.5],
  [1, 1, 0.75],
  [-2, 3, 0.0696629842794215],
  [2.5, 9, 0.9830690861585072],
])("t = %s with %s degrees of freedom lies at %s", (t, freedom, wanted) => {
  const tail = studentTwoSided(t, freedom) / 2;
  expect(t > 0 ? 1 - tail : tail).toBeCloseTo(wanted, 9);
});

test.each([
  [0.05, 1, 12.706204736174694],
  [0.05, 9, 2.2621571627982053],
  [0.05, 1e6, 1.959966356814107],
  [0.001, 4, 8.610301581379],
])("beyond its quantile lies a share of %s with %s degrees of freedom", (share, freedom, wanted) => {
  expect(studentQuantile(share, freedom)).toBeCloseTo(wanted, 6);
  expect(studentTwoSided(studentQuantile(share, freedom), freedom)).toBeCloseTo(share, 10);
});

test("far tails are not lost to rounding", () => {
  expect(studentTwoSided(1e6, 2)).toBeCloseTo(1e-12, 15);
});
