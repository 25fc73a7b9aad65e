import type { Event } from "#app/dataset/events.ts";
import { zscoreRows } from "./zscore-rows.ts";

/** Samples of all subjects; row r is the same moment in every subject. */
export interface SampleSet {
  /** One per subject: rows × voxels, row-major, over shared memory, z-scored per run. */
  readonly data: readonly Float32Array[];
  readonly rows: number;
  readonly runs: readonly string[];
  readonly labels: readonly (string | null)[];
  /** Seconds from the start of the row's run. */
  readonly onsets: readonly number[];
}

/** The samples of one run and subject. */
export interface RunSamples {
  readonly values: Float32Array;
  readonly labels: readonly (string | null)[];
  readonly onsets: readonly number[];
  /** Events that the kept rows do not cover. */
  readonly left: number;
}

/** The mean of the volumes (rows × columns, z-scored) of each event, z-scored again. Times in seconds. */
export function eventMeans(
  volumes: Float32Array,
  rows: number,
  columns: number,
  events: readonly Event[],
  tr: number,
  shift: number,
): RunSamples {
  const kept: { event: Event; from: number; to: number }[] = [];
  for (const event of events) {
    const start = event.onset + shift;
    const from = Math.ceil(start / tr - 1e-6);
    const to = Math.ceil((start + event.duration) / tr - 1e-6);
    const nearest = Math.round(start / tr);
    const range = to > from ? { from, to } : { from: nearest, to: nearest + 1 };
    if (range.from >= 0 && range.to <= rows) kept.push({ event, ...range });
  }
  const values = new Float32Array(kept.length * columns);
  for (const [r, { from, to }] of kept.entries()) {
    for (let v = 0; v < columns; v++) {
      let sum = 0;
      for (let row = from; row < to; row++) sum += volumes[row * columns + v] as number;
      values[r * columns + v] = sum / (to - from);
    }
  }
  zscoreRows(values, columns, 0, kept.length);
  const labels = kept.map(({ event }) => event.label);
  const onsets = kept.map(({ event }) => event.onset);
  return { values, labels, onsets, left: events.length - kept.length };
}

/** Joins the runs of one subject into shared memory. */
export function joinRuns(parts: readonly Float32Array[]): Float32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const out = new Float32Array(new SharedArrayBuffer(length * 4));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
