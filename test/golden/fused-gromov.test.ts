import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fusedCoupling } from "#app/align/fused-coupling.ts";
import { voxelDifferences } from "#app/align/voxel-differences.ts";
import { type Matrix, takeColumns } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { readNpz } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

describe.skipIf(sharedFolder === null)("fused Gromov–Wasserstein against POT", () => {
  const golden = readNpz(readFileSync(join(import.meta.dirname, "fused_gromov.npz")));

  test.each([
    [0.5, 0.01],
    [0.1, 0.01],
    [0.5, 0.1],
    [0.9, 0.02],
  ])("a plan of 30 voxels to 20 on a grid, geometry %d, regularisation %d", (geometry, epsilon) => {
    const [x, y] = stored(goldenArchive("inputs"), "tall_train") as [Matrix, Matrix];
    const first = takeColumns(
      y,
      Array.from({ length: 20 }, (_, at) => at),
    );
    const grid = Float64Array.from({ length: 90 }, (_, at) => {
      const voxel = Math.floor(at / 3);
      return [3 * (voxel % 5), 3 * Math.floor(voxel / 5), 0][at % 3] as number;
    });
    const { plan, steps } = fusedCoupling(portable, {
      cost: voxelDifferences(portable, x, first),
      places: [grid, grid.subarray(0, 60)],
      geometry,
      epsilon,
    });
    const [theirs] = stored(golden, `plan_${geometry}_${epsilon}`) as [Matrix];
    const apart = plan.data.reduce((sum, mass, at) => sum + Math.abs(mass - (theirs.data[at] as number)), 0);
    expect(apart).toBeLessThan(1e-6);
    expect(steps).toBeLessThan(200);
  });
});
