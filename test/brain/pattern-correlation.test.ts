import { expect, test } from "vitest";
import { patternCorrelation } from "#renderer/brain/pattern-correlation.ts";

test("maps are correlated where both have a value", () => {
  const a = Float32Array.of(1, 2, 3, Number.NaN, 9);
  expect(patternCorrelation(a, Float32Array.of(2, 4, 6, 1, Number.NaN))).toBeCloseTo(1, 12);
  expect(patternCorrelation(a, Float32Array.of(3, 1, 2, 1, Number.NaN))).toBeCloseTo(-0.5, 12);
  expect(patternCorrelation(a, Float32Array.of(1, 1, 1, 1, 1))).toBeNaN();
});
