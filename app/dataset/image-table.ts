import { relative, sep } from "node:path";
import { type Dataset, type RunFile, Treatment } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { onlyRun } from "./file-names.ts";
import { isInside } from "./folder-border.ts";

/** A line of a table of images; the user's page is docs/image-table.md. Paths are as the table has them. */
export interface TableRow {
  readonly line: number;
  readonly file: string;
  readonly subject: string;
  readonly run: string;
  readonly part: string | null;
  readonly rows: readonly number[] | null;
  readonly companion: string | null;
  readonly mask: string | null;
  readonly events: string | null;
  readonly confounds: string | null;
  /** Seconds. */
  readonly tr: number | null;
  readonly treatments: readonly Treatment[];
  readonly space: string | null;
  /** Further columns: a label of all volumes of the row's image. */
  readonly labels: readonly { readonly name: string; readonly value: string | null }[];
}

const columns = [
  "file",
  "subject",
  "run",
  "part",
  "rows",
  "companion",
  "mask",
  "events",
  "confounds",
  "tr",
  "treatments",
  "space",
] as const;
type Column = (typeof columns)[number];

const longestHead = 64e3;
const longestTable = 100_000;
const largestRow = 10_000_000;
/** Of one cell: a session of a day has fewer volumes. */
const mostRows = 1_000_000;

/** Parses a table of images. @throws Fault dataset/table */
export function parseImageTable(path: string, text: string): TableRow[] {
  const refuse = (detail: string): Fault => new Fault("dataset/table", { path, detail });
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const first = lines[0] ?? "";
  if (first.length > longestHead) throw refuse("its first line is too long to name columns");
  if (lines.length > longestTable) throw refuse(`it has more than ${longestTable} lines`);
  const head = first.split("\t").map((name) => name.trim().normalize("NFC"));
  const twice = head.find((name, at) => name !== "" && head.indexOf(name) !== at);
  if (twice !== undefined) throw refuse(`it has two columns named ${twice}`);
  for (const name of ["file", "subject"]) {
    if (!head.includes(name)) throw refuse(`it has no column named ${name}`);
  }
  const rows = lines.slice(1).flatMap((line, at) => {
    if (line.trim() === "") return [];
    const cells = line.split("\t", head.length).map(cellValue);
    return [readRow(head, cells, at + 2, refuse)];
  });
  if (rows.length === 0) throw refuse("it lists no image");
  const seen = new Map<string, number>();
  for (const { subject, run, space, line } of rows) {
    const key = [subject, run, space].join("\n");
    const before = seen.get(key);
    if (before !== undefined) throw refuse(`lines ${before} and ${line} are both ${run} of ${subject}`);
    seen.set(key, line);
  }
  return rows;
}

/**
 * What a reader found, as a table that can be mended by hand and opened in its place; it belongs into the dataset's
 * folder.
 * @throws Fault dataset/table where a name can't stand in a table
 */
export function writeTable(dataset: Pick<Dataset, "folder" | "files" | "broken" | "space">): string {
  const { folder } = dataset;
  const inFolder = (path: string | null): string => {
    if (path === null) return "";
    if (!isInside(folder, path)) {
      throw new Fault("dataset/table", { path: folder, detail: `${path} lies outside of it` });
    }
    return relative(folder, path).split(sep).join("/");
  };
  const found = dataset.files.map((file) => ({
    subject: file.subject,
    run: file.run,
    file: inFolder(file.path),
    part: file.part,
    rows: file.rows === null ? "" : writeRows(file.rows),
    companion: inFolder(file.companionPath),
    mask: inFolder(file.maskPath),
    events: inFolder(file.eventsPath),
    confounds: inFolder(file.confoundsPath),
    tr: file.repetitionTimeSeconds === null ? "" : String(file.repetitionTimeSeconds),
    treatments: file.treatments.join(","),
    space: dataset.space ?? "",
    ...Object.fromEntries(wholeLabels(file)),
  }));
  const broken = dataset.broken.map(({ subject, run, values }) => {
    return { subject, run, file: inFolder(values.path ?? null), space: dataset.space ?? "" };
  });
  const lines: Record<string, string>[] = [...found, ...broken];
  const used = new Set([...columns, ...lines.flatMap(Object.keys)]);
  const head = [...used].filter(
    (name) => ["file", "subject", "run"].includes(name) || lines.some((line) => (line[name] ?? "") !== ""),
  );
  const cell = (value: string): string => {
    if (/[\t\r\n]/.test(value)) {
      const detail = `${JSON.stringify(value)} holds a tab or a line's end`;
      throw new Fault("dataset/table", { path: folder, detail });
    }
    return value === "" ? "n/a" : value;
  };
  return `${[head, ...lines.map((line) => head.map((name) => cell(line[name] ?? "")))]
    .map((cells) => cells.join("\t"))
    .join("\n")}\n`;
}

function readRow(
  head: readonly string[],
  cells: readonly (string | null)[],
  line: number,
  refuse: (detail: string) => Fault,
): TableRow {
  const of = (column: Column): string | null => cells[head.indexOf(column)] ?? null;
  const [file, subject] = [of("file"), of("subject")];
  if (file === null || subject === null) {
    throw refuse(`line ${line} names no ${file === null ? "file" : "subject"}`);
  }
  const tr = of("tr") === null ? null : Number(of("tr"));
  if (tr !== null && !(tr > 0 && tr < 1000)) throw refuse(`line ${line} has a tr that is no time in seconds`);
  const treatments = (of("treatments") ?? "").split(",").flatMap((one) => one.trim() || []);
  const done = treatments.map((one) => Treatment.safeParse(one));
  const unknown = done.findIndex(({ success }) => !success);
  if (unknown >= 0) {
    const known = Treatment.options.join(", ");
    throw refuse(`line ${line} has the treatment ${treatments[unknown]}, and there are ${known}`);
  }
  const rows = of("rows");
  return {
    line,
    file,
    subject,
    run: of("run") ?? onlyRun,
    part: of("part"),
    rows:
      rows === null ? null : readRows(rows, () => refuse(`line ${line} has rows that are not like 0-6,14`)),
    companion: of("companion"),
    mask: of("mask"),
    events: of("events"),
    confounds: of("confounds"),
    tr,
    treatments: done.flatMap(({ data }) => data ?? []),
    space: of("space"),
    labels: head.flatMap((name, at) => {
      const label = name !== "" && !columns.includes(name as Column);
      return label ? [{ name, value: cells[at] ?? null }] : [];
    }),
  };
}

function cellValue(cell: string): string | null {
  const value = cell.trim();
  return value === "" || value.toLowerCase() === "n/a" ? null : value;
}

/** "0-6,14" → 0 to 6 and 14, counted from 0. */
function readRows(cell: string, refuse: () => Fault): number[] {
  const rows: number[] = [];
  for (const piece of cell.split(",")) {
    const match = /^\s*(\d{1,8})\s*(?:-\s*(\d{1,8}))?\s*$/.exec(piece);
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match === null || to < from || to > largestRow || rows.length + to - from >= mostRows) throw refuse();
    for (let row = from; row <= to; row++) rows.push(row);
  }
  return rows;
}

function writeRows(rows: readonly number[]): string {
  const pieces: [number, number][] = [];
  for (const row of rows) {
    const last = pieces.at(-1);
    if (last?.[1] === row - 1) last[1] = row;
    else pieces.push([row, row]);
  }
  return pieces.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

/** The labels that are one for all volumes of an image: others are the file's own, and stay in it. */
function wholeLabels({ labels }: RunFile): [string, string][] {
  return labels.flatMap(({ name, values }) => {
    const [first] = values;
    const whole = typeof first === "string" && values.every((value) => value === first);
    return whole && !columns.includes(name as Column) ? [[name, first] as [string, string]] : [];
  });
}
