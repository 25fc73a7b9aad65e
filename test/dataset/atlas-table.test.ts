import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  findAtlasTable,
  parseJsonTable,
  parseLookupTable,
  parseTsvTable,
  readAtlasTable,
} from "#app/dataset/atlas-table.ts";
import { parseFslAtlas } from "#app/dataset/fsl-atlas.ts";
import { type TinyFiles, writeStudy } from "./tiny-study.ts";

const written: string[] = [];

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function folderOf(files: TinyFiles): Promise<string> {
  const folder = await writeStudy(files);
  written.push(folder);
  return folder;
}

const fsl = (type: string) => `<?xml version="1.0" encoding="ISO-8859-1"?>
<atlas version="1.0"><header><name>Cortex &amp; more</name><type>${type}</type>
<images><imagefile>/Cortex/Cortex-prob-2mm</imagefile>
<summaryimagefile>/Cortex/Cortex-maxprob-thr0-2mm</summaryimagefile></images></header>
<data><label index="0" x="48" y="94" z="35">Frontal Pole</label>
<label index="1" x="1" y="2" z="3">Insula &amp; more</label></data></atlas>`;

test("TSV: BIDS' columns index and name in any place; a row without either is left out", () => {
  const text = "name\tcolor\tindex\r\nV1\t#ff0000\t4\r\nn/a\t#00ff00\t5\r\nV2\t#0000ff\t6.0\r\n";
  expect([...parseTsvTable(text)]).toStrictEqual([
    [4, "V1"],
    [6, "V2"],
  ]);
  expect(() => parseTsvTable("region_id\tx\n1\t2\n")).toThrow();
});

test("JSON: an object of names by value, or a list of both", () => {
  expect([...parseJsonTable('{"1": "V1", "-2": "V2", "x": "no"}')]).toStrictEqual([
    [1, "V1"],
    [-2, "V2"],
  ]);
  expect([...parseJsonTable('[{"index": 7, "name": "V7", "color": "red"}]')]).toStrictEqual([[7, "V7"]]);
  expect(() => parseJsonTable('{"1": {"name": "V1"}}')).toThrow();
});

test("lookup tables: FreeSurfer's, FSLeyes' and bare ones", () => {
  const text = [
    "#No. Label Name:                            R   G   B   A",
    "0   Unknown                                 0   0   0   0",
    "11  Left-Caudate                            122 186 220 0  # a comment",
    "12  Area-44                                 1 2 3",
    "1 0.47 0.07 0.51 7Networks_LH_Vis_1",
    "2 Area hOc1 [V1]",
    "3 Area 45",
    "",
    "words alone",
  ].join("\n");
  expect([...parseLookupTable(text)]).toStrictEqual([
    [0, "Unknown"],
    [11, "Left-Caudate"],
    [12, "Area-44"],
    [1, "7Networks_LH_Vis_1"],
    [2, "Area hOc1 [V1]"],
    [3, "Area 45"],
  ]);
});

test("FSL: a probabilistic atlas counts its labels from 0 and its image from 1, a label atlas both alike", () => {
  const { names, images } = parseFslAtlas(fsl("Probabilistic"));
  expect([...names]).toStrictEqual([
    [1, "Frontal Pole"],
    [2, "Insula & more"],
  ]);
  expect(images).toStrictEqual(["/Cortex/Cortex-prob-2mm", "/Cortex/Cortex-maxprob-thr0-2mm"]);
  expect([...parseFslAtlas(fsl("Label")).names.keys()]).toStrictEqual([0, 1]);
});

test("XML with entities of its own, broken XML and other XML are refused", async () => {
  const entity = `<!DOCTYPE atlas [<!ENTITY x SYSTEM "file:///etc/passwd">]><atlas><data><label index="0">&x;</label></data></atlas>`;
  expect(() => parseFslAtlas(entity)).toThrow();
  expect(() => parseFslAtlas("<atlas><data>")).toThrow();
  expect(() => parseFslAtlas('<html><label index="1">a</label></html>')).toThrow();
  const folder = await folderOf({ "a.xml": entity, "b.tsv": "x", "c.json": "[1]", "d.txt": "# nothing" });
  for (const name of ["a.xml", "b.tsv", "c.json", "d.txt", "absent.tsv", "."]) {
    await expect(readAtlasTable(join(folder, name))).rejects.toMatchObject({ code: "region/table" });
  }
});

test("finds the table beside an image by its stem, by BIDS inheritance, or as FSL keeps it", async () => {
  const image = { dimensions: [1, 1, 1] as const, values: [1] };
  const folder = await folderOf({
    "k5.nii.gz": image,
    "k5.txt": "1 a",
    "alone.nii.gz": image,
    "tpl-A_res-01_atlas-S_desc-100_dseg.nii.gz": image,
    "tpl-A_atlas-S_desc-100_dseg.tsv": "index\tname\n1\ta\n",
    "tpl-A_atlas-S_dseg.tsv": "index\tname\n1\tb\n",
    "tpl-A_atlas-S_desc-200_dseg.tsv": "index\tname\n1\tc\n",
    "fsl/Cortex/Cortex-maxprob-thr25-2mm.nii.gz": image,
    "fsl/Cortex.xml": fsl("Probabilistic"),
    "fsl/Broken.xml": "<",
  });
  const found = async (name: string) => {
    const table = await findAtlasTable(join(folder, name));
    return table === null ? null : relative(folder, table);
  };
  expect(await found("k5.nii.gz")).toBe("k5.txt");
  expect(await found("alone.nii.gz")).toBeNull();
  expect(await found("tpl-A_res-01_atlas-S_desc-100_dseg.nii.gz")).toBe("tpl-A_atlas-S_desc-100_dseg.tsv");
  expect(await found("fsl/Cortex/Cortex-maxprob-thr25-2mm.nii.gz")).toBe(join("fsl", "Cortex.xml"));
});
