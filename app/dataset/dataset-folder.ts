import { dirname } from "node:path";
import type { Dataset } from "#app/contract/dataset.ts";
import { isInside } from "./folder-border.ts";

/** The folder that a dataset's relative paths are taken from: its own, or the one that its file lies in. */
export function datasetFolder({ path, files }: Pick<Dataset, "path" | "files">): string {
  return files.every((file) => file.path !== path && isInside(path, file.path)) ? path : dirname(path);
}
