import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Dataset } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import { parseImageTable, writeTable } from "#app/dataset/image-table.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { describeRegion } from "#app/prepare/region.ts";
import { type TinyFiles, tinyEvents, tinyPlan, tinyStudy, varying, writeStudy } from "./tiny-study.ts";

const written: string[] = [];

async function study(files: TinyFiles): Promise<string> {
  const folder = await writeStudy(files);
  written.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

const table = (...lines: string[][]) => `${lines.map((cells) => cells.join("\t")).join("\n")}\n`;

async function opened(text: string, files: TinyFiles): Promise<Dataset> {
  const folder = await study({ ...files, "study.tsv": text });
  return describeDataset(join(folder, "study.tsv"));
}

describe("a table of images", () => {
  const files = { "data/a.nii": varying(12, 1), "data/b.nii": varying(12, 2), "e.tsv": tinyEvents };

  test("says which file is whose, with events, times and conditions", async () => {
    const dataset = await opened(
      table(
        ["subject", "file", "run", "events", "tr", "treatments", "space", "condition"],
        ["Ann", "data/a.nii", "movie", "e.tsv", "1.5", "denoised,smoothed", "MNI152NLin6Asym", "face"],
        ["Bob", "data/b.nii", "movie", "n/a", "n/a", "", "MNI152NLin6Asym", "n/a"],
      ),
      files,
    );
    expect(Dataset.parse(dataset)).toStrictEqual(dataset);
    expect(dataset).toMatchObject({
      reader: "table",
      name: "study",
      space: "MNI152NLin6Asym",
      spaces: ["MNI152NLin6Asym"],
      preprocessing: "told",
      subjects: ["Ann", "Bob"],
      runs: ["movie"],
    });
    const [ann, bob] = dataset.files;
    expect(ann).toMatchObject({
      repetitionTimeSeconds: 1.5,
      treatments: ["denoised", "smoothed"],
      labels: [{ name: "condition", values: Array(12).fill("face") }],
    });
    expect(ann?.eventsPath?.endsWith("e.tsv")).toBe(true);
    expect(bob).toMatchObject({
      repetitionTimeSeconds: 2,
      eventsPath: null,
      labels: [{ name: "condition", values: Array(12).fill(null) }],
    });
  });

  test("takes some rows of an image as a run", async () => {
    const dataset = await opened(
      table(
        ["file", "subject", "run", "rows"],
        ["data/a.nii", "Ann", "1", "0-3,6"],
        ["data/a.nii", "Ann", "2", "7-11"],
        ["data/b.nii", "Bob", "1", "0-12"],
      ),
      files,
    );
    expect(dataset.files.map(({ run, rows, volumes }) => [run, rows, volumes])).toStrictEqual([
      ["1", [0, 1, 2, 3, 6], 5],
      ["2", [7, 8, 9, 10, 11], 5],
    ]);
    expect(dataset.broken.map(({ values }) => values.detail)).toStrictEqual(["it has 12 rows"]);
  });

  test.each([
    ["../b.nii", "../b.nii leaves the table's folder"],
    ["data/../../b.nii", "data/../../b.nii leaves the table's folder"],
    ["/etc/passwd", "/etc/passwd is not relative to the table"],
    ["C:\\b.nii", "C:\\b.nii is not relative to the table"],
    ["away.nii", "it is a link that leaves the dataset's folder"],
    ["missing.nii", "there is no missing.nii"],
  ])("refuses the file %s", async (file, detail) => {
    const away = await study({ "b.nii": varying(12, 1) });
    const folder = await study({
      ...files,
      "study.tsv": table(["file", "subject"], ["data/a.nii", "Ann"], [file, "Bob"]),
    });
    await symlink(join(away, "b.nii"), join(folder, "away.nii"));
    const dataset = await describeDataset(join(folder, "study.tsv"));
    expect(dataset.files).toHaveLength(1);
    expect(dataset.broken).toMatchObject([{ subject: "Bob", code: "image/unreadable", values: { detail } }]);
  });

  test("refuses a mask that lies elsewhere", async () => {
    const { broken } = await opened(
      table(["file", "subject", "mask"], ["data/a.nii", "Ann", ""], ["data/b.nii", "Bob", "../m.nii"]),
      files,
    );
    expect(broken[0]?.values.detail).toBe("../m.nii leaves the table's folder");
  });
});

describe("a table that can't be used", () => {
  test.each([
    ["", "it has no column named file"],
    ["file\trun\na.nii\t1\n", "it has no column named subject"],
    ["file\tsubject\n", "it lists no image"],
    ["file\tsubject\tfile\n", "it has two columns named file"],
    ["file\tsubject\na.nii\t\n", "line 2 names no subject"],
    ["file\tsubject\na.nii\tA\nb.nii\tA\n", "lines 2 and 3 are both run-1 of A"],
    ["file\tsubject\ttr\na.nii\tA\tfast\n", "line 2 has a tr that is no time in seconds"],
    ["file\tsubject\trows\na.nii\tA\t3-1\n", "line 2 has rows that are not like 0-6,14"],
    ["file\tsubject\trows\na.nii\tA\t0-9999999,0-9999999\n", "line 2 has rows that are not like 0-6,14"],
    [`file\tsubject\t${"x".repeat(70_000)}`, "its first line is too long to name columns"],
  ])("%j", (text, detail) => {
    expect(() => parseImageTable("t.tsv", text)).toThrow(
      new Fault("dataset/table", { path: "t.tsv", detail }).message,
    );
  });

  test("one endless line, and bytes that are no text", async () => {
    const folder = await study({ "long.tsv": "x".repeat(5e6), "bytes.tsv": Buffer.from([0xff, 0xfe, 0x00]) });
    for (const name of ["long.tsv", "bytes.tsv"]) {
      await expect(describeDataset(join(folder, name))).rejects.toMatchObject({ code: "dataset/table" });
    }
  });

  test("any text is a table or refused by its fault", () => {
    const cell = fc.constantFrom("file", "subject", "run", "rows", "tr", "a", "0-5", "1.5", "", "n/a", "é");
    const line = fc.array(cell, { maxLength: 5 }).map((cells) => cells.join("\t"));
    const lines = fc.array(line, { maxLength: 5 }).map((all) => all.join("\n"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), lines), (text) => {
        try {
          parseImageTable("t.tsv", text);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });
});

describe("what a reader found", () => {
  test("is the same again from the table that is written of it", async () => {
    const folder = await study(tinyStudy());
    const found = await describeDataset(folder);
    expect(found.folder).toBe(folder);
    await writeFile(join(folder, "study.tsv"), writeTable(found));
    const again = await describeDataset(join(folder, "study.tsv"));
    expect(again.files).toStrictEqual(found.files);
    expect(again).toMatchObject({ subjects: found.subjects, runs: found.runs, events: found.events });
    expect(again.folder).toBe(folder);
    expect(writeTable(again)).toBe(writeTable(found));
  });

  test("has its region's mask beside the table", async () => {
    const folder = await study(tinyStudy());
    await writeFile(join(folder, "study.tsv"), writeTable(await describeDataset(folder)));
    const path = join(folder, "study.tsv");
    const region = { kind: "mask", path: "masks/desc-two_mask.nii.gz" };
    const found = await describeRegion(await describeDataset(path), Plan.parse(tinyPlan(path, { region })));
    expect(found.voxels).toBe(2);
  });

  test("is written with what is broken, to be mended", async () => {
    const folder = await study({ ...tinyStudy(), "sub-04/func/sub-04_task-a_run-1_bold.nii": "no image" });
    const lines = writeTable(await describeDataset(folder)).split("\n");
    expect(lines[0]).toBe("file\tsubject\trun\tevents\ttr");
    expect(lines).toContain("sub-04/func/sub-04_task-a_run-1_bold.nii\tsub-04\ttask-a_run-1\tn/a\tn/a");
  });
});
