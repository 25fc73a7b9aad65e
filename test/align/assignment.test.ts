import fc from "fast-check";
import { expect, test } from "vitest";
import { assignment } from "#app/align/assignment.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { noise } from "#test/linalg/noise.ts";

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)]),
  );
}

test("rows go to the columns that cost least in all, not each to its own cheapest", () => {
  expect([...assignment(matrixFrom(3, 3, [1, 2, 9, 1, 8, 9, 5, 5, 9]))]).toStrictEqual([1, 0, 2]);
  expect([...assignment(matrixFrom(1, 1, [7]))]).toStrictEqual([0]);
});

test("no other assignment costs less", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 999 }), (n, seed) => {
      const cost = noise(n, n, seed);
      const sum = (columns: ArrayLike<number>) =>
        Array.from(columns).reduce((all, column, row) => all + (cost.data[row * n + column] as number), 0);
      const found = assignment(cost);
      expect(new Set(found).size).toBe(n);
      const least = Math.min(...permutations(n).map(sum));
      expect(sum(found)).toBeCloseTo(least, 10);
    }),
    { numRuns: 60 },
  );
});
