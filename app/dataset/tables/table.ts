import { open } from "node:fs/promises";
import { Fault } from "#app/contract/fault.ts";
import { parseDelimited } from "./delimited.ts";
import { readWorkbook } from "./workbook.ts";

/** A table whose first row names its columns. Empty cells and n/a are null; cells are trimmed. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Confounds of an hour with all of their components take a third. */
const largestBytes = 64e6;
/** A row of a thousand columns takes a fiftieth. */
const longestLine = 1e6;
/** Bounds what the cells of a file of that size take in memory. */
const mostCells = 8e6;

/**
 * Reads the table in a text file (tabs, commas, semicolons or bars; UTF-8, or Latin-1 where it is not that) or on the
 * first sheet of an .xlsx file. @throws Fault table/unreadable
 */
export async function readTable(path: string): Promise<Table> {
  const grid = /\.xlsx$/i.test(path)
    ? await readWorkbook(path, mostCells)
    : parseDelimited(path, await readText(path), mostCells);
  return tableOf(grid);
}

/** The table in rows of raw cells: rows without any value are left out, and short ones filled with null. */
export function tableOf(grid: readonly (readonly string[])[]): Table {
  const [head = [], ...rows] = grid.filter((row) => row.some((cell) => cell.trim() !== ""));
  const columns = head.map((cell) => cell.trim());
  return { columns, rows: rows.map((row) => columns.map((_, i) => cellValue(row[i] ?? ""))) };
}

function cellValue(cell: string): string | null {
  const value = cell.trim();
  return value === "" || value.toLowerCase() === "n/a" ? null : value;
}

/** A file's text. It is given up at the first line that does not end, so that not all of it is read for nothing. */
async function readText(path: string): Promise<string> {
  const unreadable = (detail: string) => new Fault("table/unreadable", { path, detail });
  const file = await open(path, "r").catch(() => null);
  if (file === null) throw unreadable("it is not there, or you may not read it");
  try {
    const { size } = await file.stat();
    if (size > largestBytes)
      throw unreadable(`it has ${Math.round(size / 1e6)} MB, more than a table of a study takes`);
    const parts: Buffer[] = [];
    let line = 0;
    let read = 0;
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16, read);
      if (bytesRead === 0) break;
      const part = buffer.subarray(0, bytesRead);
      read += bytesRead;
      const end = Math.max(part.lastIndexOf("\n"), part.lastIndexOf("\r"));
      line = end < 0 ? line + bytesRead : bytesRead - end;
      if (line > longestLine) throw unreadable("a line of it does not end");
      if (read > largestBytes) throw unreadable("it grows while it is read");
      parts.push(part);
    }
    return decode(Buffer.concat(parts));
  } catch (error) {
    throw error instanceof Fault ? error : unreadable("the disk or the system answered with an error");
  } finally {
    await file.close();
  }
}

/** UTF-8 (its byte order mark dropped), UTF-16 with a mark, else what Windows calls Latin-1. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A number as a person writes it: "2.5", "1e-3", and in tables with decimal commas "2,5"; NaN for anything else. */
export function numberIn(cell: string | null | undefined): number {
  if (cell === null || cell === undefined) return Number.NaN;
  return Number(/^[+-]?\d*,\d+$/.test(cell) ? cell.replace(",", ".") : cell || Number.NaN);
}
