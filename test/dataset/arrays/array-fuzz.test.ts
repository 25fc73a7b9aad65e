import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { arrayFormat, arrayImages, describeArrays } from "#app/dataset/array-format.ts";
import { readTable } from "#app/dataset/tables/table.ts";
import { sharedFolder } from "#test/shared.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { fixtures } from "../fixtures.ts";

const folder = temporaryFolder("array-fuzz");

const seeds = [
  "arrays/f4_C.npy",
  "arrays/compressed.npz",
  "arrays/object_pickle.npz",
  "matlab/label.mat",
  "matlab/v4.mat",
  "matlab/cell_and_struct.mat",
  "matlab/movie_data_uncompressed.mat",
  "tables/Sherlock_Segments_1000_NN_2017.xlsx",
];

/** Reads all there is; a fault of the table is an answer, anything else is not. */
async function readAll(path: string): Promise<unknown> {
  try {
    if (path.endsWith(".xlsx")) return await readTable(path);
    for (const { name, shape } of await describeArrays(path)) {
      if (shape.length !== 2) continue;
      const [image] = await arrayImages(path, null, [name], ["voxels", "time"]);
      if (image !== undefined) {
        await arrayFormat.eachVolume({ ...image, path, companionPath: null }, Int32Array.of(0), () => {});
      }
    }
    return null;
  } catch (error) {
    if (error instanceof Fault && error.code !== "internal") return error;
    throw error;
  }
}

describe.skipIf(sharedFolder === null)("arrays and workbooks with bytes changed or cut", () => {
  test.each(seeds)("are read or refused by a fault: %s", async (name) => {
    const whole = readFileSync(join(fixtures, name));
    const path = join(folder, name.replace("/", "-"));
    // What says how things lie stands at the beginning, and in a zip at the end.
    const place = fc.oneof(
      fc.nat(400),
      fc.nat(whole.length - 1),
      fc.integer({ min: 1, max: 400 }).map((n) => -n),
    );
    const change = fc.record({ at: place, byte: fc.nat(255) });
    const changes = fc.array(change, { maxLength: 6 });
    const cut = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(changes, cut, async (of, part) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of of) bytes[at < 0 ? bytes.length + at : at] = byte;
        writeFileSync(path, bytes.subarray(0, Math.ceil((part ?? 1) * bytes.length)));
        await readAll(path);
      }),
      { numRuns: 150 },
    );
  });
});

/** A MAT-file of level 5 with one packed matrix whose header claims a double array of this shape. */
function matBytes(rows: number, columns: number, data: Buffer): Buffer {
  const head = Buffer.alloc(128, " ");
  head.write("MATLAB 5.0 MAT-file");
  head.writeUInt16LE(0x0100, 124);
  head.write("IM", 126);
  const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
  const body = [
    words(6, 8, 6, 0),
    words(5, 8, rows, columns),
    Buffer.concat([words(0x10001), Buffer.from("x\0\0\0")]),
    words(9, (rows * columns * 8) >>> 0),
    data,
  ];
  const size = body.slice(0, -1).reduce((sum, { length }) => sum + length, 0) + rows * columns * 8;
  const packed = deflateSync(Buffer.concat([words(14, size >>> 0), ...body]));
  return Buffer.concat([head, words(15, packed.length), packed]);
}

test("a MATLAB file that claims more than its bytes can hold is refused before any of it is read", async () => {
  const path = join(folder, "bomb.mat");
  writeFileSync(path, matBytes(1, 2, Buffer.alloc(16)));
  expect(await describeArrays(path)).toStrictEqual([{ name: "x", shape: [1, 2], type: "float64" }]);
  writeFileSync(path, matBytes(20_000, 20_000, Buffer.alloc(16)));
  await expect(describeArrays(path)).rejects.toMatchObject({ code: "image/truncated" });
});

test("a packed array that ends early is refused while it is read", async () => {
  const path = join(folder, "early.mat");
  writeFileSync(path, matBytes(100, 20, Buffer.alloc(800)));
  const [image] = await arrayImages(path, null, ["x"], ["voxels", "time"]);
  if (image === undefined) throw new Error("no image");
  await expect(
    arrayFormat.eachVolume({ ...image, path, companionPath: null }, Int32Array.of(99), () => {}),
  ).rejects.toMatchObject({ code: "image/truncated" });
});

test("a packed element of no bytes is refused as a file that ends early", async () => {
  const path = join(folder, "empty.mat");
  const whole = matBytes(1, 2, Buffer.alloc(16));
  whole.writeUInt32LE(0, 132);
  writeFileSync(path, whole.subarray(0, 136));
  await expect(describeArrays(path)).rejects.toMatchObject({ code: "image/truncated" });
});
