import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import { maskImage } from "#app/results/mask-image.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const oblique = [-2.9, 0.3, 0, 90, 0.3, 2.9, 0.1, -126, 0, -0.1, 3, -72, 0, 0, 0, 1];
const grid = {
  kind: "volume" as const,
  dimensions: [4, 3, 2] as [number, number, number],
  affine: oblique,
};

test("a mask is read back as the same voxels, on the images' own lattice", async () => {
  const folder = temporaryFolder("mask");
  const path = join(folder, "desc-drawn_mask.nii.gz");
  await writeFile(path, await maskImage(grid, Int32Array.of(0, 5, 6, 23)));
  const { indices, resampled, otherShape } = await voxelsInside(grid, [path]);
  expect([...indices]).toStrictEqual([0, 5, 6, 23]);
  expect([resampled, otherShape]).toStrictEqual([false, false]);
  await rm(folder, { recursive: true });
});

test("voxels that the grid does not have, and a grid without places, are refused", async () => {
  await expect(maskImage(grid, Int32Array.of(24))).rejects.toMatchObject({ code: "call/refused" });
  await expect(maskImage(grid, Int32Array.of(-1))).rejects.toMatchObject({ code: "call/refused" });
  const surface = { ...grid, kind: "surface" as const };
  await expect(maskImage(surface, Int32Array.of(1))).rejects.toMatchObject({ code: "call/refused" });
});
