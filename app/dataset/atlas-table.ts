import { open, readdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { z } from "zod";
import { Fault } from "#app/contract/fault.ts";
import { appliesTo, parseBidsName } from "./bids-entities.ts";
import { parseFslAtlas } from "./fsl-atlas.ts";
import { parseDelimited } from "./tables/delimited.ts";
import { tableOf } from "./tables/table.ts";

/** Names by the values of a label image. */
export type LabelNames = ReadonlyMap<number, string>;

/** FreeSurfer's own table, the longest in use, takes 0.1 MB. */
const largestBytes = 16e6;
const EXTENSIONS = [".tsv", ".json", ".xml", ".txt", ".lut"];

/**
 * Reads the table that names the values of a label image: TSV with a column index and one of names (BIDS), JSON, the
 * XML of an FSL atlas, or the lookup table of FreeSurfer and FSLeyes. @throws Fault region/table
 */
export async function readAtlasTable(path: string): Promise<LabelNames> {
  const text = (await readText(path)).replace(/^\uFEFF/, "");
  let names: LabelNames;
  try {
    const extension = extname(path).toLowerCase();
    if (extension === ".json") names = parseJsonTable(text);
    else if (extension === ".xml") names = parseFslAtlas(text).names;
    else if (extension === ".tsv") names = parseTsvTable(text);
    else names = parseLookupTable(text);
  } catch {
    throw new Fault("region/table", { path });
  }
  if (names.size === 0) throw new Fault("region/table", { path });
  return names;
}

/** The table beside a label image: of the same name, by BIDS inheritance, or FSL's; null where there is none. */
export async function findAtlasTable(imagePath: string): Promise<string | null> {
  const image = basename(imagePath);
  const stem = image.replace(/\.nii(\.gz)?$/i, "");
  const folder = dirname(imagePath);
  const beside = (await readdir(folder).catch(() => [])).sort();
  for (const extension of EXTENSIONS) {
    const found = beside.find((name) => name.toLowerCase() === `${stem}${extension}`.toLowerCase());
    if (found !== undefined) return join(folder, found);
  }
  const own = parseBidsName(image);
  const inherited = beside
    .map((name) => ({ name, parsed: parseBidsName(name) }))
    .filter(
      ({ parsed }) =>
        parsed.suffix === "dseg" &&
        own.suffix === "dseg" &&
        parsed.extension === ".tsv" &&
        appliesTo(parsed, own),
    )
    .sort((a, b) => b.parsed.entities.size - a.parsed.entities.size);
  if (inherited[0] !== undefined) return join(folder, inherited[0].name);
  return fslTable([folder, dirname(folder)], stem);
}

/** FSL keeps the description of an atlas in the folder above its images, and names one of their thresholds. */
async function fslTable(folders: readonly string[], stem: string): Promise<string | null> {
  const atlasOf = (image: string): string =>
    basename(image)
      .replace(/\.nii(\.gz)?$/i, "")
      .replace(/(-maxprob-thr\d+|-prob)?-\d+(\.\d+)?mm$/i, "")
      .toLowerCase();
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => /\.xml$/i.test(name)).sort();
    for (const name of names) {
      const path = join(folder, name);
      const images = await readText(path).then(
        (text) => imagesOf(text),
        () => [],
      );
      if (images.some((image) => atlasOf(image) === atlasOf(stem))) return path;
    }
  }
  return null;
}

function imagesOf(xml: string): readonly string[] {
  try {
    return parseFslAtlas(xml).images;
  } catch {
    return [];
  }
}

/** A table with a head: the column index (or value, or id) and the column name (or label, or region). */
export function parseTsvTable(text: string): LabelNames {
  const { columns, rows } = tableOf(parseDelimited("table.tsv", text));
  const heads = columns.map((name) => name.toLowerCase());
  const columnOf = (...names: string[]): number =>
    names.map((name) => heads.indexOf(name)).find((at) => at >= 0) ?? -1;
  const [index, name] = [columnOf("index", "value", "id"), columnOf("name", "label", "region")];
  if (index < 0 || name < 0) throw new Error("it has no columns index and name");
  return new Map(rows.flatMap((row) => entryOf(row[index] ?? "", row[name] ?? "")));
}

const JsonTable = z.union([
  z.record(z.string(), z.string()).transform((names) => Object.entries(names)),
  z
    .array(z.object({ index: z.int(), name: z.string() }))
    .transform((list) => list.map(({ index, name }) => [String(index), name] as const)),
]);

/** `{"1": "V1"}` or `[{"index": 1, "name": "V1"}]`. */
export function parseJsonTable(text: string): LabelNames {
  return new Map(JsonTable.parse(JSON.parse(text)).flatMap(([index, name]) => entryOf(index, name)));
}

/**
 * A line for each label: FreeSurfer's "index name R G B A", FSLeyes' "index R G B name", or "index name" alone. What
 * follows # is a comment, and lines that are none of these are passed over.
 */
export function parseLookupTable(text: string): LabelNames {
  return new Map(
    text.split(/\r\n|\n|\r/).flatMap((line) => {
      const cells = line.replace(/#.*/, "").trim().split(/\s+/);
      const [index = "", ...others] = cells;
      const [colour, last] = [others.slice(0, 3), others.slice(3)];
      if (colour.length === 3 && colour.every(isNumber) && last.length > 0) {
        return entryOf(index, last.join(" "));
      }
      const numbers = [...others].reverse().findIndex((cell) => !isNumber(cell));
      const words = numbers === 3 || numbers === 4 ? others.slice(0, -numbers) : others;
      return entryOf(index, words.join(" "));
    }),
  );
}

function isNumber(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(cell);
}

/** Nothing where it is not a whole number with a name. */
function entryOf(index: string, name: string): [number, string][] {
  const value = /^[+-]?\d+(\.0*)?$/.test(index.trim()) ? Number(index) : Number.NaN;
  const told = name.trim();
  return Number.isSafeInteger(value) && told !== "" ? [[value, told]] : [];
}

async function readText(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => null);
  try {
    if (file === null || (await file.stat()).size > largestBytes) throw new Fault("region/table", { path });
    return await file.readFile("utf8");
  } catch {
    throw new Fault("region/table", { path });
  } finally {
    await file?.close();
  }
}
