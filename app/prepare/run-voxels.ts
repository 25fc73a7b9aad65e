import { type Cleaning, cleaningOf, cleansRows } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { constantVoxels, countFlags, nonFiniteVoxels } from "#app/dataset/voxel-statistics.ts";
import { cleanRows, runCleaner } from "./clean.ts";
import { type CleanedRun, cleaningNotes } from "./cleaning-notes.ts";
import { commonRows } from "./common-rows.ts";
import { noRegressors, type Regressors } from "./confounds.ts";
import type { ReadRun } from "./read-run.ts";
import { zscoreRows } from "./zscore-rows.ts";

/** The volumes of every run, of the voxels that are usable in all of them. */
export interface RunVoxels {
  /** Linear on the images' grid, ascending. */
  readonly indices: Int32Array;
  /** Rows × voxels of each file, row-major, cleaned and z-scored over the run's rows. */
  readonly values: ReadonlyMap<RunFile, Float32Array>;
  /** Rows kept of each run. */
  readonly rows: ReadonlyMap<string, number>;
  readonly dropped: { readonly constant: number; readonly nonFinite: number };
  /** Sentences of what was cut, and of what perhaps should have been. */
  readonly trims: readonly string[];
}

/** An image and what was read of it. */
export type ReadImage = ReadRun & { readonly file: RunFile };

/** How the time courses of each image are cleaned. */
interface ImagesCleaning {
  readonly cleaning: Cleaning;
  readonly regressors: ReadonlyMap<RunFile, Regressors>;
}

/**
 * Cuts runs to their common rows (if `trim`), cleans them, drops voxels that are constant or not finite in any (or of
 * which cleaning leaves nothing), and z-scores. Works within the memory of `read`: its values are not to be used again.
 * @throws Fault dataset/different-length, dataset/too-short, region/constant, cleaning/too-few-rows, plan/invalid; the
 * signal's reason when aborted
 */
export async function commonVoxels(
  read: readonly ReadImage[],
  indices: Int32Array,
  trim: boolean,
  { cleaning, regressors }: ImagesCleaning,
  signal?: AbortSignal,
): Promise<RunVoxels> {
  const rows = new Map<string, number>();
  for (const run of new Set(read.map(({ file }) => file.run))) {
    const ofRun = read.filter(({ file }) => file.run === run);
    const images = ofRun.map(({ file, flaws }) => ({ file, goodRows: flaws.goodRows }));
    rows.set(run, commonRows(images, trim));
  }
  const constant = new Uint8Array(indices.length);
  const nonFinite = new Uint8Array(indices.length);
  const cleaned: CleanedRun[] = [];
  for (const { file, flaws, values } of read) {
    const kept = rows.get(file.run) ?? 0;
    merge(constant, constantVoxels(flaws, kept));
    merge(nonFinite, nonFiniteVoxels(flaws, kept));
    const left = cleaningOf(file, cleaning);
    if (!cleansRows(left)) continue;
    const cleaner = runCleaner(file, left, regressors.get(file) ?? noRegressors, kept);
    merge(constant, await cleanRows(values, indices.length, cleaner, signal));
    cleaned.push({ file, cleaner, scrubbed: left.scrubbing !== null });
  }
  const keep = Int32Array.from(indices.keys()).filter((v) => constant[v] === 0 && nonFinite[v] === 0);
  if (keep.length === 0) throw new Fault("region/constant");
  const values = new Map<RunFile, Float32Array>();
  for (const { file, values: all } of read) {
    const kept = rows.get(file.run) ?? 0;
    const own = takeColumns(all, kept, indices.length, keep);
    zscoreRows(own, keep.length, 0, kept);
    values.set(file, own);
  }
  return {
    indices: keep.map((v) => indices[v] as number),
    values,
    rows,
    // A voxel with both faults, in two runs, is counted once.
    dropped: {
      constant: countFlags(constant.map((flag, v) => flag & (1 - (nonFinite[v] ?? 0)))),
      nonFinite: countFlags(nonFinite),
    },
    trims: [...trimsOf(read, rows, trim), ...cleaningNotes(cleaned)],
  };
}

function trimsOf(read: readonly ReadImage[], rows: ReadonlyMap<string, number>, trim: boolean): string[] {
  const trims: string[] = [];
  for (const { file, flaws } of read) {
    if (flaws.goodRows === file.volumes) continue;
    const tail = `${file.subject} repeats one volume from row ${flaws.goodRows + 1} of ${file.run} on`;
    trims.push(trim ? `${tail}.` : `${tail}; it was kept, as the Plan does not trim.`);
  }
  for (const [run, kept] of rows) {
    const most = Math.max(...read.filter(({ file }) => file.run === run).map(({ file }) => file.volumes));
    if (kept < most) trims.push(`${run} was cut to the ${kept} rows that all subjects have of ${most}.`);
  }
  return trims;
}

/** Moves the kept columns of the kept rows together, within the same memory. */
function takeColumns(values: Float32Array, rows: number, columns: number, keep: Int32Array): Float32Array {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const v of keep) values[at++] = values[row * columns + v] as number;
  }
  return values.subarray(0, at);
}

function merge(into: Uint8Array, flags: Uint8Array): void {
  for (const [v, flag] of flags.entries()) if (flag === 1) into[v] = 1;
}
