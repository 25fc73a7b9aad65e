import { describe, expect, test } from "vitest";
import {
  counted,
  type SearchlightRule,
  searchlightBlocks,
  searchlightGroups,
} from "#app/align/searchlight-blocks.ts";
import { inVolume } from "#app/align/searchlights.ts";

/** 10 × 10 × 10 voxels of 2 mm. */
const cube = Float64Array.from(
  Array.from({ length: 1000 }, (_, at) => [
    2 * (at % 10),
    2 * (Math.floor(at / 10) % 10),
    2 * Math.floor(at / 100),
  ]).flat(),
);

function blocksOf(rule: SearchlightRule) {
  return searchlightBlocks(searchlightGroups(inVolume(cube), rule), 1000, rule);
}

describe("blocks of searchlights", () => {
  const blocks = blocksOf({ radiusMm: 2, spacingMm: null, keep: 1 });

  test("hold every searchlight once, and as many in each", () => {
    expect(blocks.map(({ searchlights }) => searchlights.length)).toStrictEqual([
      63, 62, 63, 62, 63, 62, 63, 62, 63, 62, 63, 62, 63, 62, 63, 62,
    ]);
    const inner = blocks
      .flatMap(({ searchlights }) => searchlights)
      .filter(({ columns }) => columns.length === 7);
    expect(inner).toHaveLength(512);
  });

  test("are of neighbours, whose voxels are mostly the same", () => {
    // 5 × 5 × 3 centres at most and the voxels next to them, of the 441 that 63 times 7 would be.
    expect(Math.max(...blocks.map(({ columns }) => columns.length))).toBeLessThan(160);
  });

  test("tell which of a searchlight's voxels count", () => {
    const rim = { columns: Int32Array.of(2, 5, 7, 9), weights: Float64Array.of(0, 0.5, 1, 0) };
    expect(counted(rim)).toStrictEqual({ columns: Int32Array.of(5, 7), weights: Float64Array.of(0.5, 1) });
  });

  test("let every voxel count once in all", () => {
    const counts = new Float64Array(1000);
    for (const { columns, searchlights } of blocks) {
      expect([...columns]).toStrictEqual([...columns].sort((a, b) => a - b));
      for (const one of searchlights) {
        one.columns.forEach((at, k) => {
          const voxel = columns[at] as number;
          counts[voxel] = (counts[voxel] as number) + (one.weights[k] as number);
        });
      }
    }
    for (const count of counts) expect(count).toBeCloseTo(1, 12);
  });

  test("are small where centres lie far apart, and share few voxels", () => {
    const blocks = blocksOf({ radiusMm: 4, spacingMm: 8, keep: 1 });
    expect(blocks.length).toBeGreaterThan(1);
    for (const { searchlights } of blocks) expect(searchlights.length).toBeLessThanOrEqual(4);
  });
});
