import { tableFromIPC } from "@uwdata/flechette";
import type { RowLabels } from "#app/contract/dataset.ts";
import { areWhole } from "./decoded-image.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { isNumeric } from "./stored-array.ts";

/** A column of a table: null where its values are neither text nor whole numbers. */
interface Column {
  readonly name: string;
  readonly values: readonly (string | null)[] | null;
}

/**
 * The columns of X and of Y that are text or whole numbers and have a row for each volume. Y's are named "Y NAME" where
 * X has one of the same name.
 */
export function nltoolsLabels(
  file: Hdf5File,
  names: readonly string[],
  volumes: number,
): { labels: RowLabels[]; remarks: string[] } {
  const labels: RowLabels[] = [];
  let unread = false;
  for (const table of ["X", "Y"].filter((name) => names.includes(name))) {
    const { columns, objects } = columnsOf(file, names, table, volumes);
    unread ||= objects;
    for (const { name, values } of columns) {
      if (values === null || values.length !== volumes) continue;
      const taken = labels.some((other) => other.name === name);
      labels.push({ name: taken ? `${table} ${name}` : name, values });
    }
  }
  const remark = "Columns of text in the file are Python objects, which are not read.";
  return { labels, remarks: unread ? [remark] : [] };
}

function columnsOf(
  file: Hdf5File,
  names: readonly string[],
  table: string,
  volumes: number,
): { columns: Column[]; objects: boolean } {
  const path = `/${table}`;
  if (file.kindOf(path) === "group") return pandasColumns(file, path);
  const array = file.array(path);
  if (array.element.kind === "unsigned" && array.element.bytes === 1 && !names.includes(`${table}_columns`)) {
    return { columns: arrowColumns(file, path, volumes), objects: false };
  }
  // Of an array without values deepdish stores its shape instead.
  if (
    file.attributeNames(path).includes("zeroarray_dtype") ||
    array.shape.length !== 2 ||
    !isNumeric(array)
  ) {
    return { columns: [], objects: false };
  }
  const titles = `${path}_columns`;
  const known = file.kindOf(titles) === "array" ? titlesOf(file, titles) : [];
  const values = file.numbers(array);
  const width = array.shape[1] ?? 0;
  const columns = Array.from({ length: width }, (_, at) => ({
    name: known[at] ?? `${table}${at}`,
    values: wholeColumn(values, at, width),
  }));
  return { columns, objects: false };
}

/** A pandas "fixed" table: blocks of columns of one kind. */
function pandasColumns(file: Hdf5File, table: string): { columns: Column[]; objects: boolean } {
  const blocks = file.attribute(table, "nblocks");
  const inner = file.names(table);
  const columns: Column[] = [];
  let objects = false;
  for (let block = 0; block < Math.min(Number(blocks ?? 0), inner.length); block++) {
    const [titles, values] = [`block${block}_items`, `block${block}_values`];
    if (!inner.includes(titles) || !inner.includes(values)) continue;
    if (file.attributeNames(`${table}/${values}`).includes("shape")) continue;
    const array = file.array(`${table}/${values}`);
    if (!isNumeric(array) || array.shape.length !== 2) {
      // A pickle: to read it would be to run it.
      objects ||= !isNumeric(array);
      continue;
    }
    const width = array.shape[1] ?? 0;
    const numbers = file.numbers(array);
    for (const [at, name] of titlesOf(file, `${table}/${titles}`).slice(0, width).entries()) {
      columns.push({ name, values: wholeColumn(numbers, at, width) });
    }
  }
  return { columns, objects };
}

function titlesOf(file: Hdf5File, path: string): string[] {
  const array = file.array(path);
  return isNumeric(array) ? Array.from(file.numbers(array), String) : file.texts(array);
}

function wholeColumn(values: Float64Array, at: number, width: number): string[] | null {
  const column = values.filter((_, index) => index % width === at);
  return areWhole(column) ? Array.from(column, String) : null;
}

/** A column's length is looked at before its values: it may be any number. */
function arrowColumns(file: Hdf5File, path: string, volumes: number): Column[] {
  const bytes = file.bytes(file.array(path));
  if (bytes.length === 0) return [];
  try {
    const table = tableFromIPC(bytes);
    const columns = table.names.map((name) => ({ name, column: table.getChild(name) }));
    return columns
      .filter(({ column }) => column.length === volumes)
      .map(({ name, column }) => ({ name, values: arrowLabels(column) }));
  } catch {
    throw file.refusal(`its table ${path} can't be read as Arrow`);
  }
}

function arrowLabels(column: Iterable<unknown>): (string | null)[] | null {
  const values = [...column];
  const named = values.every((value) => value === null || typeof value === "string");
  if (named) return values.map((value) => (value === "" ? null : (value as string | null)));
  const whole = values.every((value) => value === null || Number.isSafeInteger(Number(value)));
  const numeric = values.every(
    (value) => value === null || typeof value === "number" || typeof value === "bigint",
  );
  return whole && numeric ? values.map((value) => (value === null ? null : String(value))) : null;
}
