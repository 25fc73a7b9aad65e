import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kmeansClusters } from "#app/prepare/parcels/kmeans.ts";
import { faceNeighbours } from "#app/prepare/parcels/neighbours.ts";
import { finish, numbered } from "#app/prepare/parcels/steps.ts";
import { wardClusters } from "#app/prepare/parcels/ward.ts";

/** By scikit-learn: parcels.py makes it. */
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "parcels.json"), "utf8")) as {
  voxels: number;
  ward: Record<string, number[]>;
  inertia: Record<string, number>;
};

const ROWS = 12;
const grid = {
  kind: "volume" as const,
  dimensions: [7, 6, 5] as const,
  affine: [3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1],
};

/** The data of parcels.py, by the same generator. */
function madeData(): { voxels: Int32Array; points: Float32Array } {
  let state = 7;
  const draw = () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return ((state >>> 20) - 2048) / 64;
  };
  const all = Array.from({ length: 210 }, (_, voxel) => ({ voxel, inside: draw() > -28 }));
  const courses = Array.from({ length: 6 }, () => Array.from({ length: ROWS }, draw));
  const values = all.map(({ voxel }) => {
    const course = courses[Math.floor((voxel % 7) / 4) + 2 * Math.floor((Math.floor(voxel / 7) % 6) / 2)];
    return (course as number[]).map((value) => value + draw() / 4);
  });
  const kept = all.filter(({ inside }) => inside).map(({ voxel }) => voxel);
  return {
    voxels: Int32Array.from(kept),
    points: Float32Array.from(kept.flatMap((voxel) => values[voxel] as number[])),
  };
}

describe("parcels of a small volume", () => {
  test.each([2, 5, 12, 40])("Ward's %i are scikit-learn's", async (count) => {
    const { voxels, points } = madeData();
    expect(voxels).toHaveLength(golden.voxels);
    const neighbours = await finish(faceNeighbours(grid, voxels));
    const found = await finish(wardClusters(points, ROWS, neighbours, count));
    expect([...found]).toStrictEqual([...numbered(golden.ward[count] as number[])]);
  });

  // The data have six courses: with twelve clusters there are many nearly best ways to split their noise.
  test.each([
    [2, 1],
    [6, 1],
    [12, 1.01],
  ])(
    "k-means with %i clusters is no worse than scikit-learn's best of ten, times %d",
    async (count, slack) => {
      const { points } = madeData();
      const found = await finish(kmeansClusters(points, ROWS, count, 0));
      expect(new Set(found.labels).size).toBe(count);
      expect(found.inertia).toBeLessThanOrEqual((golden.inertia[count] as number) * slack * (1 + 1e-9));
    },
  );
});
