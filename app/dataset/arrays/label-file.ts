import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { RowLabels } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { isLabels } from "./array-axes.ts";
import { openArrays } from "./array-file.ts";
import { valuesOf } from "./array-runs.ts";
import { countOf } from "./stored-array.ts";

/**
 * The labels of so many volumes that lie beside an array file, as BrainIAK's label.mat beside image_data.mat: one whole
 * number a volume. None where there is no such file, it can't be read or it does not fit.
 */
export async function labelsBeside(path: string, volumes: number): Promise<RowLabels[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names.filter((one) => isLabels(one) && one !== basename(path)).sort()) {
    const values = await readLabels(join(dirname(path), name), volumes);
    if (values !== null) return [{ name: "label", values }];
  }
  return [];
}

async function readLabels(path: string, volumes: number): Promise<string[] | null> {
  try {
    const { arrays } = await openArrays(path);
    const array = arrays.find(
      ({ name, shape }) => isLabels(name || basename(path)) && countOf(shape) === volumes,
    );
    if (array === undefined) return null;
    const values: number[] = [];
    for await (const piece of valuesOf(array, 0, volumes)) values.push(...piece);
    return values.every(Number.isInteger) ? values.map(String) : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
