import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredVolumes } from "#app/dataset/nifti-header.ts";
import { VoxelGather } from "#app/dataset/voxel-gather.ts";

/** 3 × 2 × 2 voxels, so many volumes of 16-bit numbers after ten bytes of header: 0, 1, 2, … each times 2 less 1. */
function image(volumes: number): { header: StoredVolumes; bytes: Uint8Array } {
  const bytes = new Uint8Array(10 + 24 * volumes);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < 12 * volumes; at++) view.setInt16(10 + 2 * at, at, true);
  const header = {
    dimensions: [3, 2, 2],
    volumes,
    datatype: 4,
    slope: 2,
    intercept: -1,
    littleEndian: true,
    voxelOffset: 10,
    compressed: false,
    sizeBytes: bytes.length,
  } satisfies StoredVolumes;
  return { header, bytes };
}

function gathered(volumes: number, voxels: readonly number[], cuts: readonly number[]): number[][] {
  const { header, bytes } = image(volumes);
  const rows: number[][] = [];
  const gather = new VoxelGather(header, Int32Array.from(voxels), (values, row) => {
    expect(row).toBe(rows.length);
    rows.push([...values]);
  });
  const ends = [...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    gather.take(bytes.subarray(from, end));
    from = end;
  }
  expect(gather.taken).toBe(gather.expected);
  return rows;
}

test("the chosen voxels of every volume are shown, scaled", () => {
  expect(gathered(2, [0, 5, 11], [])).toEqual([
    [-1, 9, 21],
    [23, 33, 45],
  ]);
});

test("however the bytes come in pieces, down to single ones, the same is shown", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 11 })),
      fc.array(fc.nat(), { maxLength: 120 }),
      (volumes, chosen, cuts) => {
        const voxels = chosen.sort((a, b) => a - b);
        expect(gathered(volumes, voxels, cuts)).toEqual(gathered(volumes, voxels, []));
      },
    ),
  );
});
