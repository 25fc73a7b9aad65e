import { setImmediate } from "node:timers/promises";
import type { Cleaning } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { filterBothWays, highPassSections, paddedRows, type Section } from "./butterworth.ts";
import type { Regressors } from "./confounds.ts";
import { orthonormalBasis, trends } from "./orthonormal-basis.ts";

/** Time courses cleaned together: their doubles fit a core's second-level cache for runs of a thousand volumes. */
const PANEL = 64;
const PAUSE_MS = 100;
/** A column or time course of which less than this part of its size is left holds round-off only. */
const ROUND_OFF = 1e-6;
const DEGREES = { none: 0, linear: 1, quadratic: 2 } as const;

type TimedImage = Pick<RunFile, "subject" | "run" | "repetitionTimeSeconds">;

/** What is taken out of the time courses of one run. */
export interface RunCleaner {
  readonly rows: number;
  /** Orthonormal columns of `rows`: the constant and the trends. */
  readonly trends: readonly Float64Array[];
  /** The sections of the high-pass filter, or null. */
  readonly sections: readonly Section[] | null;
  /** Orthonormal columns of `rows`: the confounds and marked volumes, without trends and filtered like the signals. */
  readonly confounds: readonly Float64Array[];
  /** How many volumes are taken out of the fit. */
  readonly marked: number;
}

/**
 * Makes ready the cleaning of the first `rows` volumes of a run, as nilearn.signal.clean does: confounds lose the same
 * trends and low frequencies as the signals (Lindquist et al. 2019), are scaled to unit variance and made orthonormal.
 * @throws Fault cleaning/too-few-rows, plan/invalid
 */
export function runCleaner(
  image: TimedImage,
  cleaning: Cleaning,
  regressors: Regressors,
  rows: number,
): RunCleaner {
  const { subject, run } = image;
  const refuse = (detail: string) =>
    new Fault("cleaning/too-few-rows", { subject, run, rows: String(rows), detail });
  const constantAndTrends = trends(rows, DEGREES[cleaning.detrend]);
  const sections = sectionsOf(image, cleaning);
  if (sections !== null && rows <= paddedRows) {
    throw refuse(`the high-pass filter needs more than ${paddedRows}`);
  }
  const marked = regressors.marked.filter((row) => row < rows);
  const columns = [
    ...regressors.columns.map(({ values }) => values.slice(0, rows)),
    ...marked.map((row) => Float64Array.from({ length: rows }, (_, at) => (at === row ? 1 : 0))),
  ];
  const confounds = orthonormalBasis(standardised(columns, constantAndTrends, sections, rows));
  const taken = confounds.length + constantAndTrends.length;
  if (rows - taken < 2) {
    throw refuse(`confounds, marked volumes and trends take ${taken} degrees of freedom`);
  }
  return { rows, trends: constantAndTrends, sections, confounds, marked: marked.length };
}

/**
 * Cleans rows × columns values, row-major, in place: without the constant and the trends, filtered, and without what
 * the confounds explain. Sums are in double precision. A column that is not finite stays so.
 * @returns 1 for each column of which nothing but round-off is left
 * @throws the signal's reason when aborted
 */
export async function cleanRows(
  values: Float32Array,
  columns: number,
  { rows, trends, sections, confounds }: RunCleaner,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const emptied = new Uint8Array(columns);
  let paused = Date.now();
  for (let from = 0; from < columns; from += PANEL) {
    signal?.throwIfAborted();
    const width = Math.min(PANEL, columns - from);
    const panel = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const start = row * columns + from;
      panel.set(values.subarray(start, start + width), row * width);
    }
    const before = sumsOfSquares(panel, width);
    projectOut(panel, width, trends);
    if (sections !== null) filterBothWays(panel, rows, width, sections);
    projectOut(panel, width, confounds);
    const after = sumsOfSquares(panel, width);
    for (let v = 0; v < width; v++) {
      if ((after[v] as number) <= ROUND_OFF ** 2 * (before[v] as number)) emptied[from + v] = 1;
    }
    for (let row = 0; row < rows; row++) {
      values.set(panel.subarray(row * width, (row + 1) * width), row * columns + from);
    }
    if (Date.now() - paused > PAUSE_MS) {
      await setImmediate();
      paused = Date.now();
    }
  }
  return emptied;
}

function sectionsOf(image: TimedImage, { highPassHertz }: Cleaning): readonly Section[] | null {
  if (highPassHertz === null) return null;
  const { subject, run, repetitionTimeSeconds: tr } = image;
  if (tr === null) {
    const detail = `the repetition time of ${run} of ${subject} is not known, which a high-pass filter needs`;
    throw new Fault("plan/invalid", { detail });
  }
  if (highPassHertz * tr >= 0.5) {
    const detail = `a high-pass filter at ${highPassHertz} Hz leaves nothing of volumes taken every ${tr} s`;
    throw new Fault("plan/invalid", { detail });
  }
  return highPassSections(highPassHertz * tr);
}

/** The columns without the trends, filtered, centred and of unit variance; those that are nothing then are left out. */
function standardised(
  columns: readonly Float64Array[],
  constantAndTrends: readonly Float64Array[],
  sections: readonly Section[] | null,
  rows: number,
): Float64Array[] {
  return columns.flatMap((column) => {
    const size = (sumsOfSquares(column, 1)[0] as number) ** 0.5;
    const left = Float64Array.from(column);
    projectOut(left, 1, constantAndTrends);
    if (sections !== null) filterBothWays(left, rows, 1, sections);
    projectOut(left, 1, constantAndTrends.slice(0, 1));
    const length = (sumsOfSquares(left, 1)[0] as number) ** 0.5;
    return length > 1e-10 * size ? [left.map((value) => value / length)] : [];
  });
}

/**
 * Takes the parts along orthonormal columns out of every column of row-major values. Four at a time, so that the values
 * are gone through a quarter as often; zeros stand in where fewer are left.
 */
function projectOut(values: Float64Array, columns: number, basis: readonly Float64Array[]): void {
  const rows = values.length / columns;
  const along = new Float64Array(4 * columns);
  const none = new Float64Array(basis.length % 4 === 0 ? 0 : rows);
  for (let from = 0; from < basis.length; from += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((at) => basis[from + at] ?? none) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    along.fill(0);
    for (let row = 0; row < rows; row++) {
      const [wa, wb, wc, wd] = [a[row] as number, b[row] as number, c[row] as number, d[row] as number];
      const start = row * columns;
      for (let v = 0; v < columns; v++) {
        const value = values[start + v] as number;
        const at = 4 * v;
        along[at] = (along[at] as number) + wa * value;
        along[at + 1] = (along[at + 1] as number) + wb * value;
        along[at + 2] = (along[at + 2] as number) + wc * value;
        along[at + 3] = (along[at + 3] as number) + wd * value;
      }
    }
    for (let row = 0; row < rows; row++) {
      const [wa, wb, wc, wd] = [a[row] as number, b[row] as number, c[row] as number, d[row] as number];
      const start = row * columns;
      for (let v = 0; v < columns; v++) {
        const at = 4 * v;
        const part =
          wa * (along[at] as number) +
          wb * (along[at + 1] as number) +
          wc * (along[at + 2] as number) +
          wd * (along[at + 3] as number);
        values[start + v] = (values[start + v] as number) - part;
      }
    }
  }
}

function sumsOfSquares(values: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < values.length; ) {
    for (let v = 0; v < columns; v++, at++) {
      sums[v] = (sums[v] as number) + (values[at] as number) ** 2;
    }
  }
  return sums;
}
