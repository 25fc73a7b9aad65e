import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { sameGrid } from "#app/dataset/bids-problems.ts";
import { readCiftiHeader } from "#app/dataset/cifti/cifti-header.ts";
import { eachSeriesVolume } from "#app/dataset/cifti/series-volumes.ts";
import { ciftiFormat } from "#app/dataset/cifti-format.ts";
import { formatAt } from "#app/dataset/formats.ts";
import { ciftiFile, ciftiXml } from "./cifti-file.ts";
import { readWhole } from "./format-volumes.ts";
import { writeAlone } from "./gifti-file.ts";

const NAME = "sub-01_bold.dtseries.nii";
const read = (bytes: Uint8Array, name = NAME) => readWhole(ciftiFormat, writeAlone(name, bytes));

/** The fault's code and its detail. */
async function refusal(bytes: Uint8Array): Promise<string> {
  const error = await read(bytes).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Fault);
  return `${(error as Fault).code}: ${(error as Fault).values.detail ?? ""}`;
}

describe("CIFTI", () => {
  test.each([
    ["plain", ciftiFile()],
    ["packed", gzipSync(ciftiFile())],
  ])("reads a %s dense series volume by volume", async (_, bytes) => {
    const { image, values } = await read(bytes);
    expect([...values]).toStrictEqual([0, 3, 6, 1, 4, 7, 2, 5, 8]);
    expect(image).toMatchObject({ volumes: 3, repetitionTimeSeconds: 0.72 });
    expect(image.grid).toMatchObject({
      kind: "grayordinates",
      dimensions: [3, 1, 1],
      structures: [
        { name: "left cortex", columns: 2 },
        { name: "left thalamus", columns: 1 },
      ],
    });
  });

  test("is read in as many blocks of volumes as memory asks for", async () => {
    const path = writeAlone(NAME, ciftiFile());
    const header = await readCiftiHeader(path);
    const rows: number[][] = [];
    const keep = (values: Float32Array, row: number) => rows.push([row, ...values]);
    await eachSeriesVolume(path, header, 3, Int32Array.of(0, 2), keep, undefined, 16);
    expect(rows).toStrictEqual([
      [0, 0, 6],
      [1, 1, 7],
      [2, 2, 8],
    ]);
  });

  test("is told from NIfTI by its intent, whatever its name", async () => {
    expect((await formatAt(writeAlone("a.nii.gz", gzipSync(ciftiFile())))).name).toBe("cifti");
    expect((await formatAt(writeAlone("a.nii", ciftiFile({ intent: 0 })))).name).toBe("nifti");
  });

  test("tells columns apart that are other vertices or voxels", async () => {
    const gridOf = async (xml: string) => (await read(ciftiFile({ xml }))).image.grid;
    const own = await gridOf(ciftiXml);
    expect(sameGrid(own, await gridOf(ciftiXml.replace("<Matrix>", "<Matrix><MetaData/>")))).toBe(true);
    expect(sameGrid(own, await gridOf(ciftiXml.replace("7 11", "7 10")))).toBe(false);
    expect(sameGrid(own, await gridOf(ciftiXml.replace("3 4 5", "3 4 4")))).toBe(false);
    expect(sameGrid(own, await gridOf(ciftiXml.replace("THALAMUS", "CAUDATE")))).toBe(false);
    expect(sameGrid(own, await gridOf(ciftiXml.replace("2 0 0 -4", "3 0 0 -4")))).toBe(false);
  });

  test("knows no repetition time of a series that is not of time", async () => {
    const { image } = await read(ciftiFile({ xml: ciftiXml.replace("SECOND", "HERTZ") }));
    expect(image.repetitionTimeSeconds).toBeNull();
  });

  test("refuses brain models that contradict themselves", async () => {
    const change = (from: string, to: string) => refusal(ciftiFile({ xml: ciftiXml.replace(from, to) }));
    expect(await change('IndexOffset="2"', 'IndexOffset="3"')).toContain("starts at column 3, not at 2");
    expect(await change('IndexCount="1"', 'IndexCount="2"')).toContain("4 columns, and the image has 3");
    expect(await change("7 11", "7")).toContain("has 2 columns and lists 1");
    expect(await change("7 11", "7 12")).toContain("outside its surface");
    expect(await change("7 11", "7 7")).toContain("one place twice");
    expect(await change("7 11", "7 eleven")).toContain("outside its surface");
    expect(await change("7 11", "1 ".repeat(100))).toContain("more than the image has");
    expect(await change("3 4 5", "3 5 4")).toContain("outside its volume");
    expect(await change('VolumeDimensions="4,5,6"', "")).toContain("outside its volume");
    expect(await change('Vertices="12"', 'Vertices="99999999999"')).toContain("99999999999 vertices");
    expect(await change('Points="3"', 'Points="4"')).toContain("4 points, and the image 3 volumes");
  });

  test("refuses what is no dense series", async () => {
    const xml = (from: string, to: string) => refusal(ciftiFile({ xml: ciftiXml.replace(from, to) }));
    expect(await refusal(ciftiFile({ extensionCode: 6 }))).toContain(
      "no CIFTI extension (code 32), only of code 6",
    );
    expect(await refusal(ciftiFile({ extensionSize: 1 << 30 }))).toContain("lies about its length");
    expect(await refusal(ciftiFile({ extensionSize: 0 }))).toContain("lies about its length");
    expect(await refusal(ciftiFile({ intent: 3006 }))).toContain("its intent is 3006");
    expect(await refusal(ciftiFile({ dimensions: [6, 1, 1, 1, 1, 3, 3e9] }))).toContain("image/truncated");
    expect(await refusal(ciftiFile({ dimensions: [6, 1, 1, 1, 1, 3, -3] }))).toContain("its dimensions are");
    expect(await refusal(ciftiFile({ dimensions: [4, 3, 3, 1, 1, 1, 1] }))).toContain("its dimensions are");
    expect(await refusal(ciftiFile().subarray(0, -4))).toContain("image/truncated");
    expect(await refusal(gzipSync(ciftiFile()).subarray(0, 200))).toContain("image/truncated");
    expect(await refusal(ciftiFile().subarray(0, 300))).toContain("image/");
    expect(await xml('Version="2"', 'Version="1"')).toContain("version is 1");
    expect(await xml("TYPE_SERIES", "TYPE_SCALARS")).toContain("SCALARS");
    expect(await refusal(ciftiFile({ xml: '<CIFTI Version="2"/>' }))).toContain("series");
    expect(await xml("</CIFTI>", "")).toContain("cut off");
    expect(await xml("7 11", "&seven; 11")).toContain("not well formed");
  });

  test("a file with any byte changed is read or refused by a fault", async () => {
    const whole = ciftiFile();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
        const changed = Buffer.from(whole);
        changed[at] = value;
        await read(changed).catch((error: unknown) => expect(error).toBeInstanceOf(Fault));
      }),
      { numRuns: 150 },
    );
  });
});
