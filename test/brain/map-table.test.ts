import { expect, test } from "vitest";
import { mapRows } from "#renderer/brain/map-table.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";

test("a map is told by the place of every voxel in mm, empty where the common space has none", () => {
  const grid = {
    dimensions: [2, 2, 1] as const,
    kind: "volume" as const,
    affine: [3, 0, 0, -10, 0, 3, 0, 5, 0, 0, 3, 1.5, 0, 0, 0, 1],
  };
  const region = new RegionGrid(grid, Int32Array.of(1, 2));
  expect(mapRows(region, Float32Array.of(0.1, Number.NaN))).toStrictEqual([
    [-7, 5, 1.5, 0.1],
    [-10, 8, 1.5, ""],
  ]);
});
