import { expect, test } from "vitest";
import { columnBars, largestColumns } from "#renderer/screens/inspect/column-bars.ts";

test("a bar is the largest value, by size, of the columns that share it", () => {
  const values = Float32Array.of(1, -3, 2, Number.NaN, Number.NaN, 0.5);
  expect(columnBars(values, 3)).toStrictEqual([
    { column: 1, value: -3 },
    { column: 2, value: 2 },
    { column: 5, value: 0.5 },
  ]);
  expect(columnBars(values, 100)).toHaveLength(6);
  expect(columnBars(values, 100)[3]).toBeNull();
  expect(columnBars(new Float32Array(), 10)).toStrictEqual([null]);
});

test("the largest come first, whichever sign they have, and what has no value not at all", () => {
  expect(largestColumns(Float32Array.of(1, -3, Number.NaN, 2), 2)).toStrictEqual([1, 3]);
  expect(largestColumns(Float32Array.of(Number.NaN), 2)).toStrictEqual([]);
});
