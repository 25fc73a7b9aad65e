import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { readTable } from "#app/dataset/tables/table.ts";

const LARGEST_JSON_BYTES = 16e6;
/** Of hundreds of columns the first say which kind of table it is. */
const COLUMNS_NAMED = 30;

/** The confounds of a run, as its table has them. */
export interface ConfoundsTable {
  readonly rows: number;
  /**
   * A column by any spelling of its name, upper and lower case and underscores apart; NaN where a cell is n/a.
   * Null where there is none. @throws Fault confounds/unreadable where a cell is no number
   */
  column(name: string): Float64Array | null;
  /** The columns whose name, in lower case and without underscores, matches, with the number that its group holds. */
  numbered(pattern: RegExp): { readonly name: string; readonly number: number }[];
  /** What is thrown where a column is missing. */
  missing(name: string): Fault;
}

/** Other names of columns before fMRIPrep 1.2, without case and underscores. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  transx: "x",
  transy: "y",
  transz: "z",
};

/** Reads a confounds table. @throws Fault confounds/unreadable */
export async function readConfoundsTable(path: string): Promise<ConfoundsTable> {
  const unreadable = (detail: string) => new Fault("confounds/unreadable", { path, detail });
  const { columns: head, rows } = await readTable(path).catch((error: unknown) => {
    throw error instanceof Fault ? unreadable(error.values.detail ?? "it is no table") : error;
  });
  const plain = (name: string) => name.toLowerCase().replaceAll("_", "");
  const places = new Map(head.map((name, at) => [plain(name), at]));
  return {
    rows: rows.length,
    column(name) {
      const key = plain(name);
      const at = places.get(key) ?? places.get(OLD_NAMES[key] ?? "");
      if (at === undefined) return null;
      return Float64Array.from(rows, (row, line) => {
        const cell = row[at] ?? null;
        const value = cell === null ? Number.NaN : Number(cell);
        if (cell === null || /^nan$/i.test(cell)) return Number.NaN;
        if (!Number.isFinite(value))
          throw unreadable(`${head[at]} is ${cell.slice(0, 20)} in row ${line + 1}`);
        return value;
      });
    },
    numbered: (pattern) =>
      head.flatMap((name) => {
        const number = pattern.exec(plain(name))?.[1];
        return number === undefined ? [] : [{ name, number: Number(number) }];
      }),
    missing(column) {
      const named = head.slice(0, COLUMNS_NAMED).join(", ");
      const more = head.length > COLUMNS_NAMED ? ` and ${head.length - COLUMNS_NAMED} more` : "";
      return new Fault("confounds/no-column", { file: basename(path), column, known: named + more });
    },
  };
}

/** The JSON file beside a confounds table. */
export function sidecarOf(path: string): string {
  return path.replace(/\.tsv$/i, ".json");
}

/** Of each CompCor column the mask that it was made of, where the table's JSON file tells. */
export async function compcorMasks(path: string): Promise<ReadonlyMap<string, string>> {
  const masks = new Map<string, string>();
  try {
    const sidecar = sidecarOf(path);
    if ((await stat(sidecar)).size > LARGEST_JSON_BYTES) return masks;
    const fields: unknown = JSON.parse((await readFile(sidecar, "utf8")).replace(/^\uFEFF/, ""));
    for (const [name, told] of Object.entries(fields ?? {})) {
      const mask: unknown =
        typeof told === "object" && told !== null ? (told as { Mask?: unknown }).Mask : null;
      if (typeof mask === "string") masks.set(name, mask);
    }
  } catch {
    // Without it, or where it is broken, the table's own order of the components counts.
  }
  return masks;
}
