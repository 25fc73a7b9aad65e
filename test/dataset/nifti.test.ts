import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { readVoxels } from "#app/dataset/nifti-voxels.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const folder = temporaryFolder("nifti");

/** 2×1×1 voxels, 3 volumes, big-endian int16 1..6, scaled by 2 and 10; TR 1500 ms. */
function image(): Buffer {
  const b = Buffer.alloc(364);
  b.writeInt32BE(348, 0);
  for (const [i, n] of [4, 2, 1, 1, 3, 1, 1, 1].entries()) b.writeInt16BE(n, 40 + 2 * i);
  b.writeInt16BE(4, 70);
  b.writeInt16BE(16, 72);
  for (const [i, n] of [1, 3, 3, 3, 1500].entries()) b.writeFloatBE(n, 76 + 4 * i);
  b.writeFloatBE(352, 108);
  b.writeFloatBE(2, 112);
  b.writeFloatBE(10, 116);
  b.writeUInt8(18, 123);
  b.write("n+1\0", 344, "latin1");
  for (let i = 0; i < 6; i++) b.writeInt16BE(i + 1, 352 + 2 * i);
  return b;
}

function write(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test("reads big-endian scaled integers of the chosen voxels", async () => {
  const path = write("a.nii.gz", gzipSync(image()));
  const header = await readHeader(path);
  expect(header.repetitionTimeSeconds).toBe(1.5);
  expect(header.grid.affine.slice(0, 4)).toEqual([-3, 0, 0, 1.5]);
  expect([...(await readVoxels(path, header, Int32Array.of(1)))]).toEqual([14, 18, 22]);
});

test("says that a cut file is truncated, packed or not", async () => {
  await expect(readHeader(write("b.nii", image().subarray(0, 360)))).rejects.toThrow("364");
  const path = write("c.nii.gz", gzipSync(image()).subarray(0, -12));
  const read = async () => readVoxels(path, await readHeader(path), Int32Array.of(0));
  await expect(read()).rejects.toMatchObject({ name: "Fault" });
});
