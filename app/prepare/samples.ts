import { basename } from "node:path";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { VolumeSpan } from "#app/contract/run-part.ts";
import type { Event } from "#app/dataset/events.ts";

/** The samples of one run and subject. */
export interface RunSamples {
  /** Rows × voxels, row-major. */
  readonly values: Float32Array;
  readonly labels: readonly (string | null)[];
  /** Seconds from the start of the run. */
  readonly onsets: readonly number[];
  /** The volumes kept of the run that each sample is made of: from one up to another, not included. */
  readonly volumes: readonly VolumeSpan[];
  /** Events that the kept rows do not cover. */
  readonly left: number;
}

/** Every volume as a sample. `tr` in seconds; where it is null onsets count volumes. */
export function everyVolume(volumes: Float32Array, rows: number, tr: number | null): RunSamples {
  const onsets = Array.from({ length: rows }, (_, row) => row * (tr ?? 1));
  const spans = onsets.map((_, row): VolumeSpan => [row, row + 1]);
  return { values: volumes, labels: onsets.map(() => null), onsets, volumes: spans, left: 0 };
}

/** Every volume as a sample with its label. */
export function labelledVolumes(
  volumes: Float32Array,
  rows: number,
  tr: number | null,
  labels: readonly (string | null)[],
): RunSamples {
  return { ...everyVolume(volumes, rows, tr), labels: labels.slice(0, rows) };
}

/** The labels of a run's volumes in a column of its file. @throws Fault events/no-column */
export function labelsIn({ labels, path }: RunFile, column: string): readonly (string | null)[] {
  const found = labels.find(({ name }) => name === column);
  if (found !== undefined) return found.values;
  const known = labels.map(({ name }) => name).join(", ") || "none";
  throw new Fault("events/no-column", { file: basename(path), column, known });
}

/**
 * The mean of the volumes (rows × columns, z-scored over the run) that begin within each event, `shift` later; the
 * nearest volume where none does. Times in seconds. The means keep the volumes' units: docs/decisions/0005.
 */
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
    // Not −0.
    const from = 0 + Math.ceil(start / tr - 1e-6);
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
  const labels = kept.map(({ event }) => event.label);
  const onsets = kept.map(({ event }) => event.onset);
  const spans = kept.map(({ from, to }): VolumeSpan => [from, to]);
  return { values, labels, onsets, volumes: spans, left: events.length - kept.length };
}
