import Papa from "papaparse";
import { Fault } from "#app/contract/fault.ts";

/** From the likeliest: a table with semicolons may have decimal commas. */
const delimiters = ["\t", ";", ",", "|"];

/**
 * The cells of a delimited text. The delimiter is a tab in a .tsv file, else the one that its first line has; quotes are as in RFC 4180, and where
 * they do not pair they are text. @throws Fault table/unreadable where there are more cells than `most`
 */
export function parseDelimited(path: string, text: string, most = Number.POSITIVE_INFINITY): string[][] {
  const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const delimiter = /\.tsv$/i.test(path) ? "\t" : delimiterOf(lines);
  const quoted = cellsOf(path, lines, delimiter, '"', most);
  return quoted ?? cellsOf(path, lines, delimiter, "", most) ?? [];
}

function delimiterOf(text: string): string {
  const head = text.slice(0, Math.max(0, text.indexOf("\n")) || undefined).replace(/"[^"]*"/g, "");
  return delimiters.find((one) => head.includes(one)) ?? "\t";
}

/** Null where the quotes do not pair. */
function cellsOf(
  path: string,
  text: string,
  delimiter: string,
  quoteChar: string,
  most: number,
): string[][] | null {
  const rows: string[][] = [];
  let cells = 0;
  let paired = true;
  Papa.parse<string[]>(text, {
    delimiter,
    newline: "\n",
    quoteChar,
    step({ data, errors }, parser) {
      paired &&= !errors.some(({ type }) => type === "Quotes");
      cells += data.length;
      rows.push(data);
      if (!paired || cells > most) parser.abort();
    },
  });
  if (!paired) return null;
  if (cells > most)
    throw new Fault("table/unreadable", { path, detail: "it has more cells than a study's table" });
  return rows;
}
