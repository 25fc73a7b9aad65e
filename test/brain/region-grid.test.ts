import { describe, expect, it } from "vitest";
import { drawable } from "#renderer/brain/near-zero.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";

const grid = {
  dimensions: [3, 2, 2] as const,
  kind: "volume" as const,
  affine: [-3, 0, 0, 30, 0, 3, 0, -60, 0, 0, 3, 9, 0, 0, 0, 1],
};
const region = new RegionGrid(grid, Int32Array.of(1, 11));

describe("the region's grid", () => {
  it("finds a voxel by mm, and tells when a place is outside the region", () => {
    expect(region.find([24, -57, 12])).toEqual({ voxel: 1, index: [2, 1, 1] });
    expect(region.find([30, -60, 9]).voxel).toBe(-1);
    expect(region.find([300, 0, 0]).voxel).toBe(-1);
  });

  it("steps towards more of x, y and z in mm, whichever way the grid's axes run", () => {
    // The grid's x goes to the left (mm −), its y goes up and its z to the front.
    const turned = {
      dimensions: [4, 4, 4] as const,
      kind: "volume" as const,
      affine: [-2, 0, 0, 10, 0, 0.3, 2, 0, 0, 2, -0.3, 0, 0, 0, 0, 1],
    };
    const own = new RegionGrid(turned, Int32Array.of(0));
    expect(own.step([10, 0, 0], 0, 1)).toEqual([12, 0, 0]);
    expect(own.step([10, 0, 0], 1, 1)).toEqual([10, 2, -0.3]);
    expect(own.step([10, 0, 0], 2, 1)).toEqual([10, 0.3, 2]);
    expect(own.step([10, 0, 0], 2, -10)).toEqual([10, -3, -20]);
  });

  it("spreads values over the grid, with nothing where there is no common space", () => {
    expect([...region.spread(Float32Array.of(Number.NaN, 2))]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    // A value of 0 is not taken for what lies outside, and is drawn.
    const drawn = drawable(region.spread(Float32Array.of(0, -3)), 2);
    expect(drawn.filter((value) => value !== 0)).toEqual(Float32Array.of(4 / 255, -3));
    expect(region.spread(Float32Array.of(0, -3), true).filter((value) => value !== 0)).toEqual(
      Float32Array.of(-3),
    );
  });
});
