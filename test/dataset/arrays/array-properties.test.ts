import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Axis } from "#app/contract/arrays.ts";
import { arrayFormat, arrayImages } from "#app/dataset/array-format.ts";
import { axesPart, guessAxes, parseAxesPart } from "#app/dataset/arrays/array-axes.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { npyBytes } from "./npy-bytes.ts";

const folder = temporaryFolder("arrays");

const axesOrders: readonly (readonly Axis[])[] = [
  ["time", "voxels"],
  ["voxels", "time"],
  ["voxels", "time", "subjects"],
  ["time", "voxels", "subjects"],
  ["subjects", "time", "voxels"],
  ["subjects", "voxels", "time"],
  ["voxels", "subjects", "time"],
  ["time", "subjects", "voxels"],
];

test("an array is read as it was written, whatever the order of its axes and numbers", async () => {
  const extent = fc.integer({ min: 1, max: 7 });
  const size = fc.record({ voxels: extent, time: extent, subjects: extent });
  const written = fc.record({
    firstFastest: fc.boolean(),
    littleEndian: fc.boolean(),
    version: fc.constantFrom(1, 2, 3),
  });
  await fc.assert(
    fc.asyncProperty(size, fc.constantFrom(...axesOrders), written, fc.nat(), async (of, axes, as, seed) => {
      const shape = axes.map((axis) => of[axis]);
      const order = as.firstFastest ? axes : axes.toReversed();
      const places = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
        const place = { voxels: 0, time: 0, subjects: 0 };
        let rest = i;
        for (const axis of order) {
          place[axis] = rest % of[axis];
          rest = Math.floor(rest / of[axis]);
        }
        return place;
      });
      const value = ({ voxels, time, subjects }: Record<Axis, number>) =>
        voxels + 10 * time + 100 * subjects + 0.5;
      const path = join(folder, "array.npy");
      writeFileSync(path, npyBytes(shape, places.map(value), as));
      const images = await arrayImages(path, null, [""], axes);
      expect(images).toHaveLength(axes.includes("subjects") ? of.subjects : 1);
      // Every second voxel or so.
      const chosen = Int32Array.from(
        Array.from({ length: of.voxels }, (_, v) => v).filter((v) => (seed >> v) % 2 === 0),
      );
      for (const [subjects, image] of images.entries()) {
        const rows: number[][] = [];
        await arrayFormat.eachVolume({ ...image, path, companionPath: null }, chosen, (values, row) => {
          expect(row).toBe(rows.length);
          rows.push([...values]);
        });
        expect(rows).toStrictEqual(
          Array.from({ length: of.time }, (_, time) =>
            [...chosen].map((voxels) => value({ voxels, time, subjects })),
          ),
        );
      }
    }),
    { numRuns: 200 },
  );
});

test("what a part says is read as it was written", () => {
  const names = fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(names, fc.constantFrom(...axesOrders), fc.nat(999), (of, axes, place) => {
      const part = { names: of, axes, subject: axes.includes("subjects") ? place : null };
      expect(parseAxesPart(axesPart(part))).toStrictEqual(part);
    }),
  );
  expect(axesPart({ names: ["a_lh", "a_rh"], axes: ["voxels", "time", "subjects"], subject: 3 })).toBe(
    "a_lh+a_rh:voxels,time,subjects:3",
  );
  for (const part of [
    "",
    "x",
    ":time",
    ":time,time",
    ":voxels,time:1",
    ":voxels,time,subjects",
    "%:time,voxels",
  ])
    expect(parseAxesPart(part)).toBeNull();
});

test("axes are told by names and shapes, or not at all", () => {
  const told = (shape: number[], name: string) => guessAxes(shape, name)?.join() ?? null;
  expect(told([40, 30, 6], "movie_data_lh")).toBe("voxels,time,subjects");
  expect(told([40, 30], "image_data")).toBe("voxels,time");
  expect(told([40, 30, 6], "movie.npy")).toBe("voxels,time,subjects");
  expect(told([40, 30], "data_TxV.npy")).toBe("time,voxels");
  expect(told([40, 30], "subject_3_session_1.npy")).toBe("voxels,time");
  expect(told([300, 9372], "sub-rid000001_lh.npy")).toBe("time,voxels");
  expect(told([10242, 300], "x")).toBe("voxels,time");
  expect(told([40, 30], "X")).toBeNull();
  expect(told([40, 30, 6], "data_TxV")).toBeNull();
  expect(told([40], "movie")).toBeNull();
});

test("the hemispheres of one brain are joined, left before right; rows can be chosen", async () => {
  const [left, right] = [join(folder, "x_TxV_lh.npy"), join(folder, "x_TxV_rh.npy")];
  writeFileSync(left, npyBytes([3, 2], [1, 2, 3, 4, 5, 6]));
  writeFileSync(right, npyBytes([3, 1], [7, 8, 9]));
  const [image] = await arrayFormat.describe(left, right);
  expect(image).toMatchObject({ part: ":time,voxels", volumes: 3, grid: { dimensions: [3, 1, 1] } });
  const place = { path: left, companionPath: right, part: ":time,voxels", volumes: 2, rows: [0, 2] };
  const rows: number[][] = [];
  const grid = { kind: "columns" as const, dimensions: [3, 1, 1] as const, affine: [] };
  await arrayFormat.eachVolume({ ...place, grid }, Int32Array.of(0, 2), (values) => rows.push([...values]));
  expect(rows).toStrictEqual([
    [1, 7],
    [5, 9],
  ]);
  writeFileSync(right, npyBytes([2, 1], [7, 8]));
  await expect(arrayFormat.describe(left, right)).rejects.toThrow("its arrays do not fit each other");
});

test("labels that lie beside images, one whole number a volume, are theirs", async () => {
  const study = mkdtempSync(join(folder, "study-"));
  const path = join(study, "image.npy");
  writeFileSync(path, npyBytes([2, 3, 2], Array(12).fill(0)));
  const labels = async () => (await arrayFormat.describe(path, null))[1]?.labels;
  expect(await labels()).toStrictEqual([]);
  writeFileSync(join(study, "label.npy"), npyBytes([3, 1], [1, 7, 1]));
  expect(await labels()).toStrictEqual([{ name: "label", values: ["1", "7", "1"] }]);
  writeFileSync(join(study, "label.npy"), npyBytes([4], [1, 7, 1, 7]));
  expect(await labels()).toStrictEqual([]);
  writeFileSync(join(study, "label.npy"), "no array");
  expect(await labels()).toStrictEqual([]);
});

test("an aborted read ends with the signal's reason", async () => {
  const path = join(folder, "long_VxT.npy");
  writeFileSync(path, npyBytes([50, 40], Array(2000).fill(1)));
  const [image] = await arrayFormat.describe(path, null);
  const aborting = new AbortController();
  const visit = () => aborting.abort(new Error("enough"));
  if (image === undefined) throw new Error("no image");
  await expect(
    arrayFormat.eachVolume({ ...image, path, companionPath: null }, Int32Array.of(0), visit, aborting.signal),
  ).rejects.toThrow("enough");
});
