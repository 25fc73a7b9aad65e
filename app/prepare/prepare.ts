import type { Dataset, Grid, RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Samples } from "#app/contract/plan.ts";
import { sameGrid } from "#app/dataset/bids-problems.ts";
import { readEvents } from "#app/dataset/events.ts";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { readVoxels } from "#app/dataset/nifti-voxels.ts";
import { quality } from "#app/dataset/quality.ts";
import { regionVoxels } from "./region.ts";
import { eventMeans, joinRuns, type RunSamples, type SampleSet } from "./samples.ts";
import { zscoreRows } from "./zscore-rows.ts";

export interface Prepared {
  readonly subjects: readonly string[];
  readonly voxels: { readonly count: number; readonly indices: Int32Array; readonly grid: Grid };
  readonly dropped: { readonly constant: number; readonly nonFinite: number };
  readonly trims: readonly string[];
  readonly align: SampleSet;
  readonly classify: SampleSet;
}

/** Reads, trims, z-scores and samples what the Plan names. Throws Faults; the signal's reason if aborted. */
export async function prepare(
  dataset: Dataset,
  plan: Plan,
  progress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Prepared> {
  const { leaveOut, repairs } = plan.dataset;
  const subjects = dataset.subjects.filter((subject) => !leaveOut.subjects.includes(subject));
  const runs = dataset.runs.filter((run) => !leaveOut.runs.includes(run));
  if (subjects.length < 2) throw new Fault("dataset/one-subject", { path: dataset.path });
  const fileOf = (subject: string, run: string): RunFile => {
    const file = dataset.files.find((f) => f.subject === subject && f.run === run);
    if (!file) throw new Fault("dataset/different-length", { detail: `${subject} lacks ${run}` });
    return file;
  };
  const files = subjects.flatMap((subject) => runs.map((run) => fileOf(subject, run)));
  const grid = files[0]?.grid;
  if (grid === undefined) throw new Fault("dataset/empty", { path: dataset.path });
  for (const file of files) {
    const at = `${file.subject} ${file.run}`;
    if (!sameGrid(grid, file.grid)) throw new Fault("dataset/different-grid", { detail: at });
    if (file.repetitionTimeSeconds !== files[0]?.repetitionTimeSeconds) {
      throw new Fault("dataset/different-tr", { detail: at });
    }
  }
  const { indices, resampled } = await regionVoxels(dataset, files, plan.region);
  const trims: string[] = [];
  if (resampled) trims.push("The mask lay on another grid; the nearest of its voxels were taken.");
  const read = new Map<RunFile, Float32Array>();
  const good = new Map<string, number>();
  for (const [done, file] of files.entries()) {
    signal?.throwIfAborted();
    const values = await readVoxels(file.path, await readHeader(file.path), indices);
    read.set(file, values);
    const { goodRows } = quality(values, file.volumes, indices.length);
    const usable = repairs.trimToCommonRows ? goodRows : file.volumes;
    if (goodRows < file.volumes) {
      trims.push(`${file.subject} repeats one volume from row ${goodRows + 1} of ${file.run} on.`);
    }
    const before = good.get(file.run);
    if (!repairs.trimToCommonRows && before !== undefined && before !== usable) {
      throw new Fault("dataset/different-length", { detail: `${file.run} has ${before} and ${usable}` });
    }
    good.set(file.run, Math.min(before ?? usable, usable));
    progress?.(done + 1, files.length);
  }
  const constant = new Uint8Array(indices.length);
  const nonFinite = new Uint8Array(indices.length);
  for (const [file, values] of read) {
    const rows = good.get(file.run) ?? 0;
    const found = quality(values.subarray(0, rows * indices.length), rows, indices.length);
    for (let v = 0; v < indices.length; v++) {
      constant[v] = (constant[v] ?? 0) | (found.constant[v] ?? 0);
      nonFinite[v] = (nonFinite[v] ?? 0) | (found.nonFinite[v] ?? 0);
    }
  }
  const keep = [...indices.keys()].filter((v) => !constant[v] && !nonFinite[v]);
  if (keep.length === 0) throw new Fault("region/empty", { path: "(no voxel varies in every run)" });
  for (const [file, values] of read) {
    const rows = good.get(file.run) ?? 0;
    const out = new Float32Array(rows * keep.length);
    for (let r = 0; r < rows; r++)
      for (let v = 0; v < keep.length; v++)
        out[r * keep.length + v] = values[r * indices.length + (keep[v] ?? 0)] ?? 0;
    zscoreRows(out, keep.length, 0, rows);
    read.set(file, out);
  }
  for (const [run, rows] of good) {
    const most = Math.max(...files.filter((f) => f.run === run).map((f) => f.volumes));
    if (rows < most) trims.push(`${run} was cut to the ${rows} rows that all subjects have of ${most}.`);
  }
  const gather = async (samples: Samples): Promise<SampleSet> => {
    const data: Float32Array[] = [];
    let first: Omit<SampleSet, "data" | "rows"> | null = null;
    for (const subject of subjects) {
      const parts: RunSamples[] = [];
      for (const run of runs) {
        signal?.throwIfAborted();
        const file = fileOf(subject, run);
        const values = read.get(file) ?? new Float32Array(0);
        const part = await sample(file, values, good.get(run) ?? 0, keep.length, samples);
        if (part.left > 0 && subject === subjects[0]) {
          trims.push(`${part.left} events of ${run} exceed the kept rows and were dropped.`);
        }
        parts.push(part);
      }
      const rowsOf = {
        runs: parts.flatMap((part, i) => part.labels.map(() => runs[i] ?? "")),
        labels: parts.flatMap((part) => part.labels),
        onsets: parts.flatMap((part) => part.onsets),
      };
      first ??= rowsOf;
      if (rowsOf.labels.join("\n") !== first.labels.join("\n") || rowsOf.runs.join() !== first.runs.join()) {
        throw new Fault("align/different-rows", {
          detail: `${first.labels.length}, ${rowsOf.labels.length}`,
        });
      }
      data.push(joinRuns(parts.map((part) => part.values)));
    }
    const rowsOf = first ?? { runs: [], labels: [], onsets: [] };
    return { data, rows: rowsOf.labels.length, ...rowsOf };
  };
  const { align: a, classify: c } = plan.samples;
  const align = await gather(a);
  const classify = JSON.stringify(a) === JSON.stringify(c) ? align : await gather(c);
  if (c.kind === "events" && new Set(classify.labels.filter((l) => l !== null)).size < 2) {
    throw new Fault("events/one-class");
  }
  const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0);
  return {
    subjects,
    voxels: { count: keep.length, indices: Int32Array.from(keep, (v) => indices[v] ?? 0), grid },
    dropped: { constant: count(constant), nonFinite: count(nonFinite) },
    trims: [...new Set(trims)],
    align,
    classify,
  };
}

async function sample(file: RunFile, values: Float32Array, rows: number, columns: number, samples: Samples) {
  const tr = file.repetitionTimeSeconds;
  if (samples.kind === "volumes") {
    const onsets = Array.from({ length: rows }, (_, r) => r * (tr ?? 1));
    return { values, labels: onsets.map(() => null), onsets, left: 0 };
  }
  if (file.eventsPath === null) throw new Fault("events/missing", { run: file.run, subject: file.subject });
  if (tr === null) throw new Fault("dataset/different-tr", { detail: `${file.run} states none` });
  const events = await readEvents(file.eventsPath, samples.column);
  return eventMeans(values, rows, columns, events, tr, samples.shiftSeconds);
}
