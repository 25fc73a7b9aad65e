import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baggedRidgeMap, bagOf, bagsOf } from "#app/align/bags.ts";
import { ridgeMap } from "#app/align/smoother.ts";
import { portable } from "#app/linalg/portable.ts";
import { noise } from "#test/linalg/noise.ts";

describe("bags of samples", () => {
  test("count how often each row was drawn", () => {
    expect(bagOf(Int32Array.of(3, 0, 3, 3))).toStrictEqual({
      rows: Int32Array.of(0, 3),
      counts: Float64Array.of(1, 3),
    });
  });

  test("leave each block out once in five, with what is beside it", () => {
    const bags = bagsOf(203, 5);
    const met = new Int32Array(203);
    for (const { rows, counts } of bags) {
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(203);
      for (const row of rows) met[row] = (met[row] as number) + 1;
      const gaps = rows.slice(1).map((row, at) => row - (rows[at] as number) - 1);
      expect(Math.max(...gaps)).toBeGreaterThanOrEqual(12);
    }
    // In the bag that leaves its own block out no row is.
    expect(Math.max(...met)).toBe(4);
  });

  test("are the same for the same numbers, and others each time", () => {
    expect(bagsOf(60, 7)).toStrictEqual(bagsOf(60, 7));
    expect(bagsOf(60, 7)[5]).not.toStrictEqual(bagsOf(60, 7)[0]);
  });

  test("hold as many draws as there are rows, however few", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 12 }), (rows, count) => {
        const bags = bagsOf(rows, count);
        expect(bags).toHaveLength(count);
        for (const bag of bags) {
          expect(bag.counts.reduce((sum, times) => sum + times, 0)).toBe(rows);
          expect([...bag.rows]).toStrictEqual([...new Set(bag.rows)].sort((a, b) => a - b));
          expect(bag.rows.every((row) => row >= 0 && row < rows)).toBe(true);
        }
      }),
    );
  });

  test("of every row once give the regression of all rows", () => {
    const [samples, target] = [noise(12, 5, 1), noise(12, 3, 2)];
    const all = bagOf(Int32Array.from({ length: 12 }, (_, row) => row));
    const whole = ridgeMap(portable, samples, 2, target).data;
    baggedRidgeMap(portable, samples, 2, target, [all, all]).data.forEach((value, at) => {
      expect(value).toBeCloseTo(whole[at] as number, 12);
    });
  });
});
