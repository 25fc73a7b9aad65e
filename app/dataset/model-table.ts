import { basename } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { readTable } from "./tables/table.ts";

/** A model of how unlike conditions are: by the names of two. */
export interface ConditionModel {
  readonly path: string;
  /** Undefined of a condition that it lacks. */
  readonly between: (a: string, b: string) => number | undefined;
}

/** As far apart may the two halves of a matrix be, in units of its largest value. */
const UNEVEN = 1e-6;

/**
 * Reads a table of conditions by conditions, their names in its first row and its first column, in any order. What stands on the
 * diagonal does not count. @throws Fault model/unreadable
 */
export async function readModel(path: string): Promise<ConditionModel> {
  const unreadable = (detail: string) => new Fault("model/unreadable", { path: basename(path), detail });
  const { columns, rows } = await readTable(path).catch((error: unknown) => {
    throw error instanceof Fault ? unreadable(error.values.detail ?? "it is no table") : error;
  });
  const names = columns.slice(1);
  const places = new Map(names.map((name, at) => [name, at]));
  if (places.size < names.length) throw unreadable("its first row names a condition twice");
  const values = new Map<string, Float64Array>();
  for (const [name, ...cells] of rows) {
    if (name === null || name === undefined || !places.has(name)) {
      throw unreadable(`its first row does not name ${name ?? "the condition of a row"}`);
    }
    if (values.has(name)) throw unreadable(`it has two rows of ${name}`);
    values.set(
      name,
      Float64Array.from(cells, (cell, at) => {
        const value = cell === null ? Number.NaN : Number(cell);
        if (!Number.isFinite(value) && names[at] !== name) {
          throw unreadable(`${name} with ${names[at]} is ${cell?.slice(0, 20) ?? "empty"}`);
        }
        return value;
      }),
    );
  }
  const missing = names.find((name) => !values.has(name));
  if (missing !== undefined) throw unreadable(`it has no row of ${missing}`);
  const between = (a: string, b: string) => values.get(a)?.[places.get(b) ?? -1];
  const size = Math.max(
    ...[...values.values()].flatMap((row) => [...row].filter(Number.isFinite).map(Math.abs)),
  );
  for (const a of names) {
    for (const b of names) {
      if (a === b) continue;
      const [own, other] = [between(a, b) as number, between(b, a) as number];
      if (Math.abs(own - other) > UNEVEN * size)
        throw unreadable(`${a} with ${b} differs from ${b} with ${a}`);
    }
  }
  return { path, between };
}
