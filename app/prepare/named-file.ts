import { isAbsolute, join } from "node:path";
import type { Dataset } from "#app/contract/dataset.ts";

/** A relative path is taken from the dataset's folder. */
export function namedFile({ folder }: Pick<Dataset, "folder">, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}
