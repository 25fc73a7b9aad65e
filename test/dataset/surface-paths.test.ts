import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Grid } from "#app/contract/dataset.ts";
import { listBidsFiles } from "#app/dataset/bids-files.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { readMesh, verticesOfMesh } from "#app/dataset/gifti/surface-mesh.ts";
import { surfacePathsOf } from "#app/dataset/surface-paths.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { fixtures } from "./fixtures.ts";
import { dataArray, giftiText, threeVertices } from "./gifti-file.ts";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder("surface");
});

const rows = (count: number, more: Record<string, string>) => ({
  ...threeVertices,
  Dimensionality: "2",
  Dim0: String(count),
  Dim1: "3",
  ...more,
});
const pointset = (text: string, count = 3, more = {}) =>
  dataArray(rows(count, { Intent: "NIFTI_INTENT_POINTSET", ...more }), text);
const triangle = (text: string, more = {}) =>
  dataArray(rows(1, { Intent: "NIFTI_INTENT_TRIANGLE", DataType: "NIFTI_TYPE_INT32", ...more }), text);
const three = "0 0 0 1 0 0 0 1 0.5";

async function write(name: string, ...arrays: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, giftiText(arrays));
  return path;
}

describe("the shape of a hemisphere", () => {
  test("is its vertices in mm and its triangles, in either order of rows and columns", async () => {
    const path = await write("a.surf.gii", pointset(three), triangle("0 1 2"));
    expect(await verticesOfMesh(path)).toBe(3);
    const { points, triangles } = await readMesh(path);
    expect([...points]).toStrictEqual([0, 0, 0, 1, 0, 0, 0, 1, 0.5]);
    expect([...triangles]).toStrictEqual([0, 1, 2]);
    const columns = { ArrayIndexingOrder: "ColumnMajorOrder" };
    const other = await write("b.surf.gii", triangle("0 1 2"), pointset("0 1 0 0 0 1 0 0 0.5", 3, columns));
    expect(await verticesOfMesh(other)).toBe(3);
    expect([...(await readMesh(other)).points]).toStrictEqual([...points]);
  });

  test.each([
    ["has a corner that is no vertex", [pointset(three), triangle("0 1 3")]],
    ["has a corner that is no vertex", [pointset(three), triangle("0 1 -1")]],
    ["a vertex has no place", [pointset(`${three.slice(0, -3)}nan`), triangle("0 1 2")]],
    ["it holds no shape of a surface", [pointset(three)]],
    ["it holds no shape of a surface", [dataArray(threeVertices, "1 2 3")]],
    ["are not rows of three", [pointset("0 0 1 1 0 0", 3, { Dim1: "2" }), triangle("0 1 2")]],
  ])("is refused where it %s", async (detail, arrays) => {
    const path = await write("odd.surf.gii", ...arrays);
    await expect(readMesh(path)).rejects.toThrow(detail);
  });
});

describe("the shapes beside a study", () => {
  const grid = {
    kind: "surface",
    dimensions: [7, 1, 1],
    structures: [
      { name: "left cortex", columns: 3 },
      { name: "right cortex", columns: 4 },
    ],
  } as unknown as Grid;
  const find = async (own = grid) => surfacePathsOf((await listBidsFiles(folder)).files, own, "looked at");
  const four = pointset(`${three} 1 1 1`, 4);

  test("are those of as many vertices, inflated before pial", async () => {
    await write("sub-01/anat/sub-01_hemi-L_pial.surf.gii", pointset(three), triangle("0 1 2"));
    await write("sub-01/anat/sub-01_hemi-L_inflated.surf.gii", four, triangle("0 1 2"));
    await write("fsaverage5/sphere_left.gii", pointset(three), triangle("0 1 2"));
    await write("fsaverage5/infl_right.gii", four, triangle("0 1 2"));
    await write("surfaces/S1200.R.midthickness.32k_fs_LR.surf.gii", four, triangle("0 1 2"));
    await write("surfaces/rh.inflated.shape.gii", four);
    expect(await find()).toStrictEqual({
      left: join(folder, "sub-01/anat/sub-01_hemi-L_pial.surf.gii"),
      right: join(folder, "fsaverage5/infl_right.gii"),
    });
    await write("surfaces/lh.inflated.surf.gii", pointset(three), triangle("0 1 2"));
    expect((await find())?.left).toBe(join(folder, "surfaces/lh.inflated.surf.gii"));
  });

  test("to measure along are folded ones: midway in the cortex before white and pial, and none inflated", async () => {
    const files = async () => (await listBidsFiles(folder)).files;
    await write("surfaces/lh.inflated.gii", pointset(three), triangle("0 1 2"));
    await write("surfaces/lh.pial.gii", pointset(three), triangle("0 1 2"));
    await write("surfaces/rh.inflated.gii", four, triangle("0 1 2"));
    expect(await surfacePathsOf(await files(), grid, "measured along")).toStrictEqual({
      left: join(folder, "surfaces/lh.pial.gii"),
      right: null,
    });
    await write("surfaces/lh.white.gii", pointset(three), triangle("0 1 2"));
    await write("surfaces/rh.midthickness.gii", four, triangle("0 1 2"));
    expect(await surfacePathsOf(await files(), grid, "measured along")).toStrictEqual({
      left: join(folder, "surfaces/lh.white.gii"),
      right: join(folder, "surfaces/rh.midthickness.gii"),
    });
  });

  test("are none of a volume, and none where nothing fits or can be read", async () => {
    await write("surfaces/lh.inflated.surf.gii", pointset(three), triangle("0 1 2"));
    expect(await find({ ...grid, kind: "volume" })).toBeNull();
    await writeFile(join(folder, "surfaces/lh.inflated.surf.gii"), "<GIFTI><broken");
    expect(await find()).toBeNull();
  });
});

test.skipIf(sharedFolder === null)("nilearn's fsaverage5 lies under the fixtures' surfaces", async () => {
  const path = join(fixtures, "surface");
  expect((await bidsReader.describe(path)).surfaces).toStrictEqual({
    left: join(path, "fsaverage5", "infl_left.gii.gz"),
    right: join(path, "fsaverage5", "infl_right.gii.gz"),
  });
  const { points, triangles } = await readMesh(join(path, "fsaverage5", "infl_left.gii.gz"));
  expect([points.length / 3, triangles.length / 3]).toStrictEqual([10_242, 20_480]);
});
