import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";

/**
 * The rows to keep of one run, of which `images` are its subjects'; `goodRows` are those before a tail that repeats
 * one volume. @throws Fault dataset/different-length, dataset/too-short
 */
export function commonRows(
  images: readonly { readonly file: RunFile; readonly goodRows: number }[],
  trim: boolean,
): number {
  const usable = ({ file, goodRows }: (typeof images)[number]) => (trim ? goodRows : file.volumes);
  const least = images.reduce((a, b) => (usable(b) < usable(a) ? b : a));
  const most = images.reduce((a, b) => (usable(b) > usable(a) ? b : a));
  const { run, subject } = least.file;
  if (!trim && usable(least) !== usable(most)) {
    const detail = `${run} has ${usable(most)} in ${most.file.subject} and ${usable(least)} in ${subject}`;
    throw new Fault("dataset/different-length", { detail });
  }
  const rows = usable(least);
  if (rows < 2) throw new Fault("dataset/too-short", { run, subject, rows: String(rows) });
  return rows;
}
