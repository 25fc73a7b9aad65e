import { describe, expect, test } from "vitest";
import { matchTimeSegments } from "#app/evaluate/time-segments.ts";
import { matrixFrom, takeRows } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { noise } from "#test/linalg/noise.ts";

describe("time segments", () => {
  test("are all found where the others did the same", () => {
    const rows = noise(30, 6, 1);
    expect(matchTimeSegments(portable, rows, rows, [30], 5)).toMatchObject({ hits: 26, segments: 26 });
  });

  test("are all missed where the others' rows come ten later", () => {
    const rows = noise(40, 6, 1);
    const later = takeRows(
      rows,
      Array.from({ length: 40 }, (_, row) => (row + 10) % 40),
    );
    expect(matchTimeSegments(portable, rows, later, [40], 5).hits).toBe(0);
  });

  test("have a chance that counts what each could be taken for, by run and overlap", () => {
    // Runs of 4 and 3 rows, segments of 2: starts 0 1 2 | 4 5. Of run one, 0 leaves out 1; 1 leaves out 0 and 2.
    const { segments, chance } = matchTimeSegments(portable, noise(7, 3, 1), noise(7, 3, 2), [4, 3], 2);
    expect(segments).toBe(5);
    expect(chance).toBeCloseTo((1 / 4 + 1 / 3 + 1 / 4 + 1 / 4 + 1 / 4) / 5, 12);
  });

  test("never go across runs", () => {
    expect(matchTimeSegments(portable, noise(6, 3, 1), noise(6, 3, 2), [3, 3], 4).segments).toBe(0);
  });

  test("are matched by the correlation over rows and columns, whatever the scale and mean of the others", () => {
    const rows = noise(20, 4, 3);
    const scaled = matrixFrom(
      20,
      4,
      rows.data.map((value) => 7 * value + 100),
    );
    expect(matchTimeSegments(portable, rows, scaled, [20], 3).hits).toBe(18);
  });

  test("of nothing but a constant match nothing", () => {
    const flat = matrixFrom(10, 2, new Float64Array(20).fill(3));
    expect(matchTimeSegments(portable, flat, noise(10, 2, 1), [10], 2).hits).toBe(0);
  });
});
