import fc from "fast-check";
import { expect, test } from "vitest";
import { binsOf } from "#app/contract/bins.ts";

test("every value lies in one bin, the end of the range in the last", () => {
  expect(binsOf([0, 0.24, 0.25, 1], [0, 1], 4).map(({ count }) => count)).toStrictEqual([2, 1, 0, 1]);
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 50 }), (drawn, count) => {
      const bins = binsOf(drawn, [0, 1], count);
      expect(bins).toHaveLength(count);
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(drawn.length);
    }),
  );
});
