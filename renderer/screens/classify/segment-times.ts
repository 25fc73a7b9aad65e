import type { Maps } from "#app/contract/maps.ts";
import type { Preparation } from "#app/contract/result.ts";
import { runSpans } from "#renderer/parts/run-spans.ts";

/** Rows that are shown as one, all of one run: the first, and the one after the last. */
export interface TimeBin {
  readonly run: string;
  readonly first: number;
  readonly end: number;
  /** Seconds of the run at which it begins, and at which the next would. */
  readonly from: number;
  readonly to: number;
}

/** Rows in about so many bins of equal length, none across runs. */
export function timeBins(rows: Maps["rows"], most: number): TimeBin[] {
  const length = Math.max(1, Math.ceil(rows.length / most));
  return runSpans(rows).flatMap(({ run, from, to }) =>
    Array.from({ length: Math.ceil((to + 1 - from) / length) }, (_, at) => {
      const first = from + at * length;
      const end = Math.min(to + 1, first + length);
      const [start, last] = [rows[first]?.onset ?? 0, rows[end - 1]?.onset ?? 0];
      const step =
        end - first > 1 ? (last - start) / (end - first - 1) : (rows[1]?.onset ?? 1) - (rows[0]?.onset ?? 0);
      return { run, first, end, from: start, to: last + step };
    }),
  );
}

/** Where segments of these subjects begin, and what they were taken for: counts, true bin by bin taken for. */
export function takenCounts(
  bins: readonly TimeBin[],
  starts: readonly number[],
  taken: readonly (readonly number[])[],
): number[][] {
  const of = binOfRow(bins);
  const counts = bins.map(() => new Array<number>(bins.length).fill(0));
  for (const own of taken) {
    starts.forEach((start, at) => {
      const row = counts[of[start] ?? -1];
      const found = of[own[at] ?? -1];
      if (row !== undefined && found !== undefined) row[found] = (row[found] ?? 0) + 1;
    });
  }
  return counts;
}

/** Of each bin the share of segments that begin in it and were matched; null where none begins. */
export function matchedShares(
  bins: readonly TimeBin[],
  starts: readonly number[],
  taken: readonly (readonly number[])[],
): (number | null)[] {
  const of = binOfRow(bins);
  const [right, all] = [bins.map(() => 0), bins.map(() => 0)];
  for (const own of taken) {
    starts.forEach((start, at) => {
      const bin = of[start] ?? -1;
      all[bin] = (all[bin] ?? 0) + 1;
      if (own[at] === start) right[bin] = (right[bin] ?? 0) + 1;
    });
  }
  return all.map((count, at) => (count === 0 ? null : (right[at] ?? 0) / count));
}

/** A stretch of rows that a sample to classify names: from its onset to the next one's, or the run's end. */
export interface Scene {
  readonly label: string;
  readonly first: number;
  readonly end: number;
}

/** Scenes in the rows shown, so many seconds after the onsets of their samples. */
export function scenesIn(rows: Maps["rows"], samples: Preparation["samples"], shiftSeconds: number): Scene[] {
  return runSpans(rows).flatMap(({ run, from, to }) => {
    const own = samples.filter((sample) => sample.run === run).sort((a, b) => a.onset - b.onset);
    return own.flatMap(({ label, onset }, at) => {
      const next = own[at + 1]?.onset ?? Number.POSITIVE_INFINITY;
      const inside = (row: number) => {
        const time = (rows[row]?.onset ?? 0) - shiftSeconds;
        return time >= onset && time < next;
      };
      const places = Array.from({ length: to + 1 - from }, (_, k) => from + k).filter(inside);
      const [first] = places;
      return label === null || first === undefined
        ? []
        : [{ label, first, end: (places.at(-1) ?? first) + 1 }];
    });
  });
}

/** Steps between times that are read easily: s. */
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600];

/** Round times in each run, no more than so many in all: where each lies among the rows, and what it is. */
export function roundTimes(
  bins: readonly TimeBin[],
  most: number,
): { readonly row: number; readonly words: string }[] {
  const seconds = bins.reduce((sum, { from, to }) => sum + to - from, 0);
  const step = STEPS.find((one) => seconds / one <= Math.max(1, most)) ?? 3600;
  return bins.flatMap(({ first, end, from, to }) => {
    const times: { row: number; words: string }[] = [];
    for (let time = Math.ceil(from / step) * step; time < to; time += step) {
      times.push({ row: first + ((time - from) / (to - from)) * (end - first), words: clock(time) });
    }
    return times;
  });
}

/** "4:05" */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function binOfRow(bins: readonly TimeBin[]): Record<number, number> {
  const of: Record<number, number> = {};
  bins.forEach(({ first, end }, at) => {
    for (let row = first; row < end; row++) of[row] = at;
  });
  return of;
}
