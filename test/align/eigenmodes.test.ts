import { describe, expect, test } from "vitest";
import { eigenmodes } from "#app/align/eigenmodes.ts";
import { portable } from "#app/linalg/portable.ts";

/** Voxels of 2 mm along a line. */
const line = Float64Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? (2 * at) / 3 : 0));

describe("eigenmodes of a region", () => {
  test("are waves along a line, the longest first", () => {
    const { rows, columns, data } = eigenmodes(portable, line, 3);
    expect([rows, columns]).toStrictEqual([20, 3]);
    const crossings = [0, 1, 2].map((mode) => {
      const signs = Array.from({ length: 20 }, (_, voxel) => Math.sign(data[voxel * 3 + mode] as number));
      return signs.filter((sign, at) => at > 0 && sign !== signs[at - 1]).length;
    });
    expect(crossings).toStrictEqual([1, 2, 3]);
  });

  test("do not depend on the unit of places", () => {
    const own = eigenmodes(portable, line, 2).data;
    eigenmodes(
      portable,
      line.map((value) => value / 1000),
      2,
    ).data.forEach((value, at) => {
      expect(Math.abs(value)).toBeCloseTo(Math.abs(own[at] as number), 9);
    });
  });

  test("are one more where symmetry leaves no choice", () => {
    // On a square the two longest waves are as long.
    const square = Float64Array.from({ length: 75 }, (_, at) => {
      const voxel = Math.floor(at / 3);
      return [voxel % 5, Math.floor(voxel / 5), 0][at % 3] as number;
    });
    expect(eigenmodes(portable, square, 1).columns).toBe(2);
  });

  test("are none of one voxel, and no more than there are", () => {
    expect(eigenmodes(portable, Float64Array.of(1, 2, 3), 5)).toMatchObject({ rows: 1, columns: 0 });
    expect(eigenmodes(portable, line, 50).columns).toBe(19);
  });
});
