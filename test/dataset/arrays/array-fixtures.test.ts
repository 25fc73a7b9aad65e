import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { arrayFormat, arrayImages, describeArrays } from "#app/dataset/array-format.ts";
import type { FoundImage } from "#app/dataset/format.ts";
import { formatAt } from "#app/dataset/formats.ts";
import { sharedFolder } from "#test/shared.ts";
import { type ExpectedArray, expectedIn, fixtures } from "../fixtures.ts";

/** What is refused, and how it is told. */
const refusals: Record<string, object> = {
  "arrays/object_pickle.npy": {
    code: "image/unreadable",
    values: { detail: "it holds Python objects, which are never loaded" },
  },
  "arrays/truncated.npy": { code: "image/truncated", values: { expected: "1920", found: "1820" } },
  "arrays/claims_1p8TB.npy": { code: "image/truncated", values: { expected: "1800000000000" } },
};

/** The name of the variable where expected.json calls it otherwise. */
const variables: Record<string, string> = { data: "", cell0: "data{1}" };

const expected = [
  ...expectedIn<Record<string, ExpectedArray>>("arrays"),
  ...expectedIn<Record<string, ExpectedArray>>("matlab"),
];
const arrays = expected
  .filter(([name]) => !(name in refusals))
  .flatMap(([name, parts]) =>
    Object.entries(parts)
      .filter(([key]) => !["refuse_member", "hdf5_shape"].includes(key))
      .map(([key, array]) => [name, variables[key] ?? key, array] as const),
  );

/** Every value of an image: volumes × voxels. */
async function read(path: string, image: FoundImage): Promise<Float32Array> {
  const voxels = image.grid.dimensions[0];
  const out = new Float32Array(image.volumes * voxels);
  const all = Int32Array.from({ length: voxels }, (_, i) => i);
  await arrayFormat.eachVolume({ ...image, path, companionPath: null }, all, (values, row) =>
    out.set(values, row * voxels),
  );
  return out;
}

/** All values in C order as float64; of three axes they are voxels, time and subjects. */
async function readAll(name: string, variable: string, rank: number): Promise<Float64Array> {
  const path = join(fixtures, name);
  if (rank === 2) {
    const [image] = await arrayImages(path, null, [variable], ["time", "voxels"]);
    return Float64Array.from(await read(path, image as FoundImage));
  }
  const images = await arrayImages(path, null, [variable], ["voxels", "time", "subjects"]);
  const [first] = images;
  const [voxels, volumes] = [first?.grid.dimensions[0] ?? 0, first?.volumes ?? 0];
  const out = new Float64Array(voxels * volumes * images.length);
  for (const [s, image] of images.entries()) {
    const values = await read(path, image);
    for (let t = 0; t < volumes; t++)
      for (let v = 0; v < voxels; v++)
        out[(v * volumes + t) * images.length + s] = values[t * voxels + v] ?? Number.NaN;
  }
  return out;
}

describe.skipIf(sharedFolder === null)("the fixtures of arrays", () => {
  test("are all here", () => {
    expect(expected).toHaveLength(27);
    expect(arrays).toHaveLength(27);
  });

  test.each(arrays)("reads %s %s", async (name, variable, { shape, first, last, sha256_f8_C }) => {
    const path = join(fixtures, name);
    expect((await formatAt(path)).name).toBe("array");
    const found = (await describeArrays(path)).find((array) => array.name === variable);
    expect(found?.shape).toStrictEqual(shape);
    const values = await readAll(name, variable, shape.length);
    expect([...values.subarray(0, 4)]).toStrictEqual(first);
    expect([...values.subarray(-4)]).toStrictEqual(last);
    const hash = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
    expect(hash).toBe(sha256_f8_C);
  });

  test.each(Object.entries(refusals))("refuses %s", async (name, fault) => {
    await expect(describeArrays(join(fixtures, name))).rejects.toMatchObject(fault);
    await expect(describeArrays(join(fixtures, name))).rejects.toBeInstanceOf(Fault);
  });

  test("refuses a member of Python objects by name, beside one that can be read", async () => {
    const path = join(fixtures, "arrays", "object_pickle.npz");
    expect(await describeArrays(path)).toStrictEqual([{ name: "s_", shape: [12, 20], type: "float64" }]);
    await expect(arrayImages(path, null, ["w_"], ["voxels", "time"])).rejects.toThrow(
      "of w_, it holds Python objects, which are never loaded",
    );
  });

  test("lists the types and the cells of a MATLAB file, and no struct or text", async () => {
    const found = await describeArrays(join(fixtures, "matlab", "cell_and_struct.mat"));
    expect(found.map(({ name, shape, type }) => `${name} ${shape.join("x")} ${type}`)).toStrictEqual([
      "data{1} 40x30 float32",
      "data{2} 40x30 float32",
      "data{3} 40x30 float32",
      "single 1x1 float32",
      "logical 1x2 uint8",
      "i16 1x5 int16",
    ]);
  });

  test("finds the subjects of BrainIAK's movie_data, hemispheres joined", async () => {
    const images = await arrayFormat.describe(join(fixtures, "matlab", "movie_data.mat"), null);
    expect(images).toHaveLength(6);
    expect(images[3]).toMatchObject({
      part: "movie_data_lh+movie_data_rh:voxels,time,subjects:3",
      subject: "sub-04",
      run: "movie",
      volumes: 30,
      grid: { kind: "columns", dimensions: [76, 1, 1] },
      sizeBytes: 18_240,
    });
    const values = await read(join(fixtures, "matlab", "movie_data.mat"), images[5] as FoundImage);
    expect(values.at(-1)).toBe(0.40625);
  });

  test("asks for the axes of what can be an image only", async () => {
    const path = join(fixtures, "matlab", "cell_and_struct.mat");
    await expect(arrayFormat.describe(path, null)).rejects.toThrow(
      "time: data{1} 40 × 30, data{2} 40 × 30, data{3} 40 × 30. Say which axis is time",
    );
  });

  test("tells axes by the letters in a name, labels from images, and asks otherwise", async () => {
    const told = await arrayFormat.describe(join(fixtures, "arrays", "movie_VxTxS.npy"), null);
    expect(told.map(({ part }) => part)).toStrictEqual(
      [0, 1, 2, 3, 4].map((subject) => `:voxels,time,subjects:${subject}`),
    );
    expect(await arrayFormat.describe(join(fixtures, "matlab", "label.mat"), null)).toStrictEqual([]);
    await expect(arrayFormat.describe(join(fixtures, "arrays", "plain.npz"), null)).rejects.toMatchObject({
      code: "array/axes-unknown",
      values: { shapes: "X 30 × 25 × 5" },
    });
  });
});
