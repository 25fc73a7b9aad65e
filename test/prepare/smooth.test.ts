import { expect, test } from "vitest";
import type { Grid } from "#app/contract/dataset.ts";
import { smoother } from "#app/prepare/smooth.ts";
import { cleanGolden, farthest } from "#test/golden/clean-archive.ts";

const [nx, ny, nz] = [9, 7, 5] as const;
const grid: Grid = { kind: "volume", dimensions: [nx, ny, nz], affine: [...cleanGolden("affine").data] };
const all = Int32Array.from({ length: nx * ny * nz }, (_, voxel) => voxel);

/** NumPy's order, z fastest, to that of images. */
function xFastest(name: string): Float32Array {
  const { data } = cleanGolden(name);
  return Float32Array.from(all, (voxel) => {
    const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    return data[(i * ny + j) * nz + k] as number;
  });
}

test.each([5, 20])("smoothing by %i mm agrees with nilearn.image.smooth_img on an oblique grid", (fwhm) => {
  const { voxels, smooth } = smoother(grid, fwhm, all);
  expect(voxels).toStrictEqual(all);
  expect(farthest(smooth(xFastest("volume")), xFastest(`smoothed_${fwhm}`))).toBeLessThan(1e-5);
});

test("a region is smoothed as in the whole volume, of the voxels around it alone", () => {
  const wanted = Int32Array.from([2 + nx * (2 + ny * 1), 3 + nx * (4 + ny * 1), 2 + nx * (3 + ny * 2)]);
  const volume = xFastest("volume");
  const { voxels, wanted: places, smooth } = smoother(grid, 2.5, wanted);
  expect(voxels.length).toBe(6 * 5 * 4);
  expect(Int32Array.from(places, (place) => voxels[place] as number)).toStrictEqual(wanted);
  const whole = smoother(grid, 2.5, all).smooth(volume).slice();
  const some = smooth(Float32Array.from(voxels, (voxel) => volume[voxel] as number));
  expect(
    farthest(
      some,
      Float32Array.from(wanted, (voxel) => whole[voxel] as number),
    ),
  ).toBeLessThan(1e-6);
});

test("voxels that the image does not hold count as 0", () => {
  const wanted = Int32Array.from([0, 1]);
  const volume = new Float32Array(all.length);
  volume[0] = 8;
  volume[1] = 4;
  const whole = smoother(grid, 6, wanted);
  const held = smoother(grid, 6, wanted, Int32Array.from([0, 1, 300]));
  expect([...held.voxels]).toStrictEqual([0, 1, 300].filter((voxel) => whole.voxels.includes(voxel)));
  const values = Float32Array.from(whole.voxels, (voxel) => volume[voxel] as number);
  const some = Float32Array.from(held.voxels, (voxel) => volume[voxel] as number);
  expect([...held.smooth(some)]).toStrictEqual([...whole.smooth(values)]);
});

test("keeps what is the same everywhere", () => {
  const { smooth } = smoother(grid, 9, all);
  for (const value of smooth(new Float32Array(all.length).fill(3))) expect(value).toBeCloseTo(3, 5);
});

test("refuses a surface", () => {
  expect(() => smoother({ ...grid, kind: "surface" }, 6, all)).toThrow(
    'smoothing works on volumes, and these images are of the kind "surface".',
  );
});
