import { Fault } from "#app/contract/fault.ts";
import { listZip, zipBytes } from "../zip-file.ts";
import { parseXml } from "./xml.ts";

/** Of one part of a workbook, unpacked: a sheet of a hundred thousand cells takes a fifth. */
const largestPartBytes = 32e6;
const mostColumns = 16_384;

/**
 * The cells of the first sheet of an Office Open XML workbook (ECMA-376, part 1, chapter 18), as they are stored: dates
 * are numbers of days, formulas their last values. Rows without cells may be missing.
 * @throws Fault table/unreadable
 */
export async function readWorkbook(path: string, mostCells: number): Promise<string[][]> {
  try {
    const parts = new Map((await listZip(path)).map(({ name, sizeBytes }) => [name, sizeBytes]));
    const read = async (name: string): Promise<string> => {
      if ((parts.get(name) ?? 0) > largestPartBytes) throw new Error("its sheet is too large");
      const bytes: Buffer[] = [];
      for await (const piece of zipBytes(path, name)) bytes.push(piece);
      return new TextDecoder().decode(Buffer.concat(bytes));
    };
    const targets = relationsOf(path, await read("xl/_rels/workbook.xml.rels"));
    const sheet = targets.byId.get(firstSheet(path, await read("xl/workbook.xml")));
    if (sheet === undefined) throw new Error("it has no sheet");
    const shared =
      targets.sharedStrings === null ? [] : sharedStrings(path, await read(targets.sharedStrings));
    return cellsOf(path, await read(sheet), shared, mostCells);
  } catch (error) {
    const detail = error instanceof Fault ? "it is no workbook, or damaged" : (error as Error).message;
    throw new Fault("table/unreadable", { path, detail });
  }
}

function relationsOf(
  path: string,
  xml: string,
): { byId: ReadonlyMap<string, string>; sharedStrings: string | null } {
  const byId = new Map<string, string>();
  let sharedStrings: string | null = null;
  parseXml(path, xml, {
    open(name, attributes) {
      if (name !== "Relationship") return;
      const { Id = "", Type = "", Target = "" } = attributes;
      const place = Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`;
      byId.set(Id, place);
      if (Type.endsWith("/sharedStrings")) sharedStrings = place;
    },
  });
  return { byId, sharedStrings };
}

/** The identifier of the relation that leads to it. */
function firstSheet(path: string, xml: string): string {
  let found = "";
  parseXml(path, xml, {
    open(name, attributes) {
      if (name !== "sheet" || found !== "") return;
      found = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? "";
    },
  });
  return found;
}

/** The texts that cells name by number, of all their runs and without phonetic hints. */
function sharedStrings(path: string, xml: string): string[] {
  const strings: string[] = [];
  const text = new TextRuns();
  parseXml(path, xml, {
    open(name) {
      if (name === "si") text.clear();
      text.open(name);
    },
    close(name) {
      text.close(name);
      if (name === "si") strings.push(text.value);
    },
    text: (piece) => text.add(piece),
  });
  return strings;
}

function cellsOf(path: string, xml: string, shared: readonly string[], mostCells: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = { column: 0, type: "n" };
  let cells = 0;
  const text = new TextRuns();
  parseXml(path, xml, {
    open(name, attributes) {
      text.open(name);
      if (name === "row") {
        row = [];
        rows.push(row);
      } else if (name === "c") {
        const { r, t } = attributes;
        cell = { column: r === undefined ? row.length : columnOf(r), type: t ?? "n" };
        text.clear();
      }
    },
    close(name) {
      text.close(name);
      if (name !== "c") return;
      if (cell.column < 0 || cell.column >= mostColumns)
        throw new Error("a cell of it lies outside of any sheet");
      cells += Math.max(1, cell.column + 1 - row.length);
      if (cells > mostCells) throw new Error("it has more cells than a study's table");
      while (row.length < cell.column) row.push("");
      row[cell.column] = cellText(cell.type, text.value, shared);
    },
    text: (piece) => text.add(piece),
  });
  return rows;
}

/** "AB12" is in column 27, counted from 0. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? "";
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellText(type: string, text: string, shared: readonly string[]): string {
  if (type === "s") return shared[Number(text)] ?? "";
  if (type === "b") return text === "1" ? "TRUE" : "FALSE";
  return type === "e" ? "" : text;
}

/** Gathers what stands in <t> and <v>, but not in phonetic hints. */
class TextRuns {
  value = "";
  #inside = false;
  #hint = false;

  clear(): void {
    this.value = "";
  }

  open(name: string): void {
    if (name === "rPh") this.#hint = true;
    if (name === "t" || name === "v") this.#inside = true;
  }

  close(name: string): void {
    if (name === "rPh") this.#hint = false;
    if (name === "t" || name === "v") this.#inside = false;
  }

  add(piece: string): void {
    if (this.#inside && !this.#hint) this.value += piece;
  }
}
