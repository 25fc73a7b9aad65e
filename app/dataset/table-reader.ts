import { lstat, open, realpath, stat } from "node:fs/promises";
import { basename, dirname, posix, resolve, win32 } from "node:path";
import type { Dataset, Reader } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { unknownPreprocessing } from "./bids-preprocessing.ts";
import { isCommon } from "./bids-spaces.ts";
import { describedDataset } from "./described-dataset.ts";
import { isInside, leavesFolder, whereLeads } from "./folder-border.ts";
import { parseImageTable, type TableRow } from "./image-table.ts";
import { inLanes } from "./lanes.ts";
import { describeImages, type RequestedImage } from "./requested-images.ts";

/** Ten thousand images with long names take less. */
const largestBytes = 4e6;

/** A table (TSV) that says which image is whose, beside its images: docs/image-table.md. */
export const tableReader: Reader = {
  name: "table",
  async recognise(path) {
    return /\.tsv$/i.test(path) && (await stat(path).catch(() => null))?.isFile() === true;
  },
  describe: describeTable,
};

async function describeTable(table: string, wanted: string | null = null): Promise<Dataset> {
  const path = resolve(table);
  const all = parseImageTable(path, await readText(path));
  const spaces = [...new Set(all.flatMap(({ space }) => space ?? []))];
  if (wanted !== null && !spaces.includes(wanted)) {
    throw new Fault("dataset/unknown-space", { space: wanted, known: spaces.join(", ") || "none" });
  }
  const space = wanted ?? spaces[0] ?? null;
  const rows = all.filter((row) => row.space === space);
  const folder = { path: dirname(path), real: await realpath(dirname(path)) };
  const described = await describeImages(await inLanes(rows, (row) => requested(row, folder)));
  const common = isCommon(space);
  return describedDataset(described, {
    path,
    folder: folder.path,
    name: basename(path).replace(/\.tsv$/i, ""),
    reader: "table",
    space,
    spaces,
    preprocessing: common === null ? "unknown" : common ? "told" : "missing",
    problems: common === null ? [unknownPreprocessing] : [],
  });
}

async function readText(path: string): Promise<string> {
  const refuse = (detail: string): Fault => new Fault("dataset/table", { path, detail });
  const file = await open(path, "r").catch(() => null);
  try {
    if (file === null) throw refuse("it can't be read");
    if ((await file.stat()).size > largestBytes) throw refuse(`it is larger than ${largestBytes / 1e6} MB`);
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.readFile());
  } catch (error) {
    throw error instanceof Fault ? error : refuse("it is not text in UTF-8");
  } finally {
    await file?.close();
  }
}

async function requested(
  row: TableRow,
  folder: { readonly path: string; readonly real: string },
): Promise<RequestedImage> {
  const place = (cell: string): string => resolve(folder.path, cell);
  const placed = (cell: string | null): string | null => (cell === null ? null : place(cell));
  const refusals = await Promise.all(
    [row.file, row.companion, row.mask, row.events, row.confounds].map(async (cell) =>
      cell === null ? null : refusalOf(cell, folder),
    ),
  );
  return {
    subject: row.subject,
    run: row.run,
    path: place(row.file),
    companionPath: placed(row.companion),
    part: row.part ?? (row.rows === null ? null : ""),
    rows: row.rows,
    maskPath: placed(row.mask),
    eventsPath: placed(row.events),
    confoundsPath: placed(row.confounds),
    labels: row.labels.map(({ name, value }) => ({ name, values: [value] })),
    treatments: row.treatments,
    repetitionTimeSeconds: row.tr,
    refused: refusals.find((refusal) => refusal !== null) ?? null,
  };
}

/** Why a table may not have a file, or can't; null where it can. */
async function refusalOf(
  cell: string,
  folder: { readonly path: string; readonly real: string },
): Promise<string | null> {
  if (posix.isAbsolute(cell) || win32.isAbsolute(cell)) return `${cell} is not relative to the table`;
  const path = resolve(folder.path, cell);
  if (!isInside(folder.path, path)) return `${cell} leaves the table's folder`;
  const leads = await whereLeads(folder.real, path);
  if (leads === "outside") return leavesFolder;
  if (leads === "inside") return null;
  const link = await lstat(path).catch(() => null);
  return link === null ? `there is no ${cell}` : `${cell} is a link to a file that is not there`;
}
