import { relative, sep } from "node:path";
import type { AbsentImage } from "#app/contract/dataset.ts";
import type { ListedFile } from "./folder-listing.ts";

/** What is to be downloaded for an image that consists of, and is read with, these files. */
export function absentImage(
  root: string,
  { subject, run }: Pick<AbsentImage, "subject" | "run">,
  files: readonly (ListedFile | null)[],
): AbsentImage {
  const missing = files.filter((file) => file?.absent === true) as ListedFile[];
  const [path = "", ...besides] = missing.map((file) => relative(root, file.path).split(sep).join("/"));
  const sizes = missing.map(({ sizeBytes }) => sizeBytes);
  const known = sizes.every((size) => size !== null);
  return {
    subject,
    run,
    path,
    sizeBytes: known ? sizes.reduce((sum, size) => sum + size, 0) : null,
    besides,
  };
}
