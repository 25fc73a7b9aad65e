import { type Cleaning, cleaningOf, cleansRows } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { countFlags, VoxelStatistics } from "#app/dataset/voxel-statistics.ts";
import { cleanRows, runCleaner } from "./clean.ts";
import { type CleanedRun, cleaningNotes } from "./cleaning-notes.ts";
import { commonRows } from "./common-rows.ts";
import { noRegressors, type Regressors } from "./confounds.ts";
import { smoother } from "./smooth.ts";
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

/** What was read of one image. */
export interface ReadRun {
  readonly file: RunFile;
  /**
   * All volumes × voxels of the region. Where they are smoothed they are less the first volume, as z-scoring takes any
   * constant, and float32 would round a large one at the cost of the changes.
   */
  readonly values: Float32Array;
  /** Of the values before they were smoothed. */
  readonly statistics: VoxelStatistics;
}

/** How the time courses of each image are cleaned. */
interface ImagesCleaning {
  readonly cleaning: Cleaning;
  readonly regressors: ReadonlyMap<RunFile, Regressors>;
}

/**
 * Reads one image's voxels of a region and what is wrong with them. Where it is to be smoothed (FWHM in mm, null for
 * not), the voxels around the region are read too. @throws Fault of the image, plan/invalid
 */
export async function readRun(
  file: RunFile,
  indices: Int32Array,
  smoothingMm: number | null,
  signal?: AbortSignal,
): Promise<ReadRun> {
  const format = formatOf(file);
  const statistics = new VoxelStatistics(indices.length);
  const values = new Float32Array(file.volumes * indices.length);
  if (smoothingMm === null) {
    const take = (volume: Float32Array, row: number) => {
      statistics.look(volume);
      values.set(volume, row * volume.length);
    };
    await format.eachVolume(file, indices, take, signal);
  } else {
    const { voxels, wanted, smooth } = smoother(file.grid, smoothingMm, indices, await format.voxels(file));
    const before = new Float32Array(indices.length);
    const first = new Float64Array(indices.length);
    const take = (volume: Float32Array, row: number) => {
      for (let v = 0; v < before.length; v++) before[v] = volume[wanted[v] as number] as number;
      statistics.look(before);
      const smoothed = smooth(volume);
      if (row === 0) first.set(smoothed);
      const start = row * before.length;
      for (let v = 0; v < before.length; v++) {
        values[start + v] = (smoothed[v] as number) - (first[v] as number);
      }
    };
    await format.eachVolume(file, voxels, take, signal);
  }
  return { file, values, statistics };
}

/**
 * Cuts runs to their common rows (if `trim`), cleans them, drops voxels that are constant or not finite in any (or of
 * which cleaning leaves nothing), and z-scores. Works within the memory of `read`: its values are not to be used again.
 * @throws Fault dataset/different-length, dataset/too-short, region/constant, cleaning/too-few-rows, plan/invalid; the
 * signal's reason when aborted
 */
export async function commonVoxels(
  read: readonly ReadRun[],
  indices: Int32Array,
  trim: boolean,
  { cleaning, regressors }: ImagesCleaning,
  signal?: AbortSignal,
): Promise<RunVoxels> {
  const rows = new Map<string, number>();
  for (const run of new Set(read.map(({ file }) => file.run))) {
    const ofRun = read.filter(({ file }) => file.run === run);
    const images = ofRun.map(({ file, statistics }) => ({ file, goodRows: statistics.goodRows }));
    rows.set(run, commonRows(images, trim));
  }
  const constant = new Uint8Array(indices.length);
  const nonFinite = new Uint8Array(indices.length);
  const cleaned: CleanedRun[] = [];
  for (const { file, statistics, values } of read) {
    const kept = rows.get(file.run) ?? 0;
    merge(constant, statistics.constant(kept));
    merge(nonFinite, statistics.nonFinite(kept));
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

function trimsOf(read: readonly ReadRun[], rows: ReadonlyMap<string, number>, trim: boolean): string[] {
  const trims: string[] = [];
  for (const { file, statistics } of read) {
    if (statistics.goodRows === file.volumes) continue;
    const tail = `${file.subject} repeats one volume from row ${statistics.goodRows + 1} of ${file.run} on`;
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
