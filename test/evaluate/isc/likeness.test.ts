import { expect, test } from "vitest";
import { cronbachAlpha, pairwiseCorrelation, spatialCorrelation } from "#app/evaluate/isc/likeness.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";

test("in pairs the mean is over pairs in Fisher's z", () => {
  const own = matrixFrom(4, 1, [1, 2, 3, 4]);
  // r = .8 with one, −.4 with the other.
  const others = [matrixFrom(4, 1, [1, 3, 2, 4]), matrixFrom(4, 1, [3, 2, 4, 1])];
  const z = (Math.atanh(0.8) + Math.atanh(-0.4)) / 2;
  expect(pairwiseCorrelation(own, others)).toBeCloseTo(Math.tanh(z), 12);
});

test("in space each row is a pattern; the size of the others' does not matter", () => {
  const own = matrixFrom(2, 4, [1, 2, 3, 4, 1, 2, 3, 4]);
  const others = matrixFrom(2, 4, [10, 30, 20, 40, 3, 2, 4, 1]);
  const z = (Math.atanh(0.8) + Math.atanh(-0.4)) / 2;
  expect(spatialCorrelation(own, others)).toBeCloseTo(Math.tanh(z), 12);
});

test("Cronbach's alpha takes subjects as items, and passes over columns in which one does not vary", () => {
  // The second column is the same at all times.
  const column = [1, 2, 3];
  const alike = [column, column, column].map((own) =>
    matrixFrom(
      3,
      2,
      own.flatMap((value) => [value, 7]),
    ),
  );
  expect(cronbachAlpha(alike)).toBeCloseTo(1, 12);
  const apart = [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
  ].map((own) => matrixFrom(3, 1, own));
  // Each varies by 2; the sums 4, 6, 8 by 8: 3/2 · (1 − 6/8).
  expect(cronbachAlpha(apart)).toBeCloseTo(0.375, 12);
  expect(cronbachAlpha([1, 2].map(() => matrixFrom(3, 1, [5, 5, 5])))).toBeNaN();
});
