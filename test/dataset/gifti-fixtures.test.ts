import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { giftiArrays } from "#app/dataset/gifti/gifti-arrays.ts";
import { giftiFormat } from "#app/dataset/gifti-format.ts";
import { sharedFolder } from "#test/shared.ts";
import { float64Hash, readWhole } from "./format-volumes.ts";

interface ExpectedArray {
  readonly shape: number[];
  readonly sha256_f8_C: string;
}
type Expected = Readonly<Record<string, ExpectedArray>>;

const fixtures = join(sharedFolder ?? "", "data", "fixtures");
const bold = (subject: number, side: string) =>
  join(fixtures, "surface", `sub-0${subject}_task-movie_hemi-${side}_space-fsaverage5_bold.func.gii`);

describe.skipIf(sharedFolder === null)("the GIfTI fixtures", () => {
  const expected = new Map<string, Expected>(
    sharedFolder === null
      ? []
      : Object.entries(
          JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as Record<
            string,
            { expect: Expected }
          >,
        )
          .filter(([name]) => /^surface\/.*\.gii(\.gz)?$/.test(name))
          .map(([name, { expect: own }]) => [name, own]),
  );
  const functional = [...expected].filter(([, own]) => own.data_T_by_V !== undefined);
  const others = [...expected].filter(([, own]) => own.data_T_by_V === undefined);

  test("are all here", () => {
    expect([functional.length, others.length]).toStrictEqual([10, 11]);
  });

  test.each(functional)("reads %s", async (name, own) => {
    const { image, values } = await readWhole(giftiFormat, join(fixtures, name));
    const { shape, sha256_f8_C } = own.data_T_by_V as ExpectedArray;
    expect([image.volumes, image.grid.dimensions[0]]).toStrictEqual(shape);
    expect(float64Hash(values)).toBe(sha256_f8_C);
    expect(giftiFormat.recognise(basename(name), new Uint8Array())).toBe(true);
    expect(giftiFormat.recognise("data.xml", readFileSync(join(fixtures, name)).subarray(0, 1024))).toBe(
      true,
    );
  });

  test.each(others)("reads the arrays of %s, and takes it for no functional image", async (name, own) => {
    const wanted = Object.values(own).map(({ shape, sha256_f8_C }) => [shape, sha256_f8_C]);
    const found: unknown[] = [];
    for await (const { array, values } of giftiArrays(join(fixtures, name))) {
      found.push([array.dimensions, float64Hash(await values())]);
    }
    expect(found).toStrictEqual(wanted);
    if (name.includes("sulc_")) return;
    await expect(giftiFormat.describe(join(fixtures, name), null)).rejects.toThrow("no functional image");
  });

  test("makes one image of two hemispheres, the left first", async () => {
    const { image, values } = await readWhole(giftiFormat, bold(2, "L"), bold(2, "R"));
    expect(image).toMatchObject({
      volumes: 56,
      repetitionTimeSeconds: 2,
      sizeBytes: 489346 + 489143,
      grid: {
        kind: "surface",
        dimensions: [20484, 1, 1],
        structures: [
          { name: "left cortex", columns: 10242 },
          { name: "right cortex", columns: 10242 },
        ],
      },
    });
    const left = await readWhole(giftiFormat, bold(2, "L"));
    const right = await readWhole(giftiFormat, bold(2, "R"));
    const row = 55;
    expect(values.slice(row * 20484, row * 20484 + 10242)).toStrictEqual(left.values.slice(row * 10242));
    expect(values.slice(row * 20484 + 10242)).toStrictEqual(right.values.slice(row * 10242));
    expect(left.image.grid.structures).toStrictEqual([{ name: "left cortex", columns: 10242 }]);
  });

  test("reads chosen vertices of both hemispheres only", async () => {
    const [path, companionPath] = [bold(1, "L"), bold(1, "R")];
    const [image] = await giftiFormat.describe(path, companionPath);
    const rows: number[][] = [];
    await giftiFormat.eachVolume(
      { path, companionPath, part: "", rows: null, volumes: 1, grid: image?.grid as never },
      Int32Array.of(0, 10241, 10242, 20483),
      (values) => rows.push([...values]),
    );
    const [left, right] = [await readWhole(giftiFormat, path), await readWhole(giftiFormat, companionPath)];
    expect(rows).toStrictEqual([[left.values[0], left.values[10241], right.values[0], right.values[10241]]]);
  });

  test("refuses hemispheres the wrong way round, and stops when it is told to", async () => {
    await expect(giftiFormat.describe(bold(1, "R"), bold(1, "L"))).rejects.toThrow("hemispheres");
    const stop = AbortSignal.abort(new Error("enough"));
    const [image] = await giftiFormat.describe(bold(1, "L"), null);
    const place = { path: bold(1, "L"), companionPath: null, part: "", rows: null, volumes: 56 };
    await expect(
      giftiFormat.eachVolume({ ...place, grid: image?.grid as never }, Int32Array.of(0), () => {}, stop),
    ).rejects.toThrow("enough");
  });
});
