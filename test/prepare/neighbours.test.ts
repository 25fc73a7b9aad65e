import fc from "fast-check";
import { expect, test } from "vitest";
import { MergeHeap } from "#app/prepare/parcels/merge-heap.ts";
import { faceNeighbours } from "#app/prepare/parcels/neighbours.ts";
import { finish } from "#app/prepare/parcels/steps.ts";

const grid = {
  kind: "volume" as const,
  dimensions: [4, 2, 1] as const,
  affine: [3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1],
};

test("voxels that share a face are neighbours, not those of the next line", async () => {
  const all = await finish(faceNeighbours(grid, Int32Array.of(0, 1, 3, 4, 5, 7)));
  // 3 and 4 follow each other on the grid and lie at opposite ends of two lines. {3, 7} is an island, tied on by 1 and 3.
  expect([...all]).toStrictEqual([0, 1, 0, 3, 1, 4, 2, 5, 3, 4, 2, 1]);
});

test("the heap gives the cheapest merge first, of equal ones that of the lower numbers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(9), fc.nat(9))), (merges) => {
      const heap = new MergeHeap();
      for (const merge of merges) heap.push(...merge);
      const sorted = [...merges].sort((x, y) => x[0] - y[0] || x[1] - y[1] || x[2] - y[2]);
      expect(merges.map(() => heap.pop())).toStrictEqual(sorted.map(([, a, b]) => [a, b]));
      expect(heap.pop()).toBeNull();
    }),
  );
});
