import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Samples } from "#app/contract/plan.ts";
import type { VolumeSpan } from "#app/contract/run-part.ts";
import { readEvents } from "#app/dataset/events.ts";
import type { ChosenFiles } from "./chosen-files.ts";
import type { RunVoxels } from "./run-voxels.ts";
import { eventMeans, everyVolume, labelledVolumes, labelsIn, type RunSamples } from "./samples.ts";

/** Samples of all subjects; row r is the same moment in every subject. */
export interface SampleSet {
  /** One per subject: rows × voxels, row-major, over shared memory, in units of its run's z-scored volumes. */
  readonly data: readonly Float32Array[];
  readonly rows: number;
  readonly runs: readonly string[];
  readonly labels: readonly (string | null)[];
  /** Seconds from the start of the row's run; of the first subject, others lie within half a volume. */
  readonly onsets: readonly number[];
  /** The volumes kept of its run that a row is made of in any subject: a scanner's clock jitters. */
  readonly volumes: readonly VolumeSpan[];
}

/** Makes the samples of every subject; `trims` are sentences of what was left out. Throws events/*, dataset/unknown-tr. */
export async function gatherSamples(
  { subjects, runs, files }: ChosenFiles,
  voxels: RunVoxels,
  samples: Samples,
): Promise<{ set: SampleSet; trims: string[] }> {
  const parts = await Promise.all(files.map((file) => samplesOf(file, voxels, samples)));
  const partsOf = (subject: string) => parts.filter((_, i) => files[i]?.subject === subject);
  const first = subjects[0] as string;
  const common = partsOf(first);
  for (const subject of subjects)
    refuseOtherMoments(first, common, subject, partsOf(subject), runs, files[0]);
  const set: SampleSet = {
    data: subjects.map((subject) => joinRuns(partsOf(subject).map(({ values }) => values))),
    rows: common.reduce((sum, { labels }) => sum + labels.length, 0),
    runs: common.flatMap(({ labels }, i) => labels.map(() => runs[i] ?? "")),
    labels: common.flatMap(({ labels }) => labels),
    onsets: common.flatMap(({ onsets }) => onsets),
    volumes: common.flatMap((_, i) => volumesOfAny(subjects.map((subject) => partsOf(subject)[i]))),
  };
  if (set.rows === 0) throw new Fault("events/none");
  const trims = common.flatMap(({ left }, i) =>
    left === 0 ? [] : `${left} events of ${runs[i]} reach past the volumes kept and were dropped.`,
  );
  return { set, trims };
}

async function samplesOf(file: RunFile, voxels: RunVoxels, samples: Samples): Promise<RunSamples> {
  const values = voxels.values.get(file) ?? new Float32Array(0);
  const rows = voxels.rows.get(file.run) ?? 0;
  const stated = file.repetitionTimeSeconds;
  if (samples.kind === "volumes") return everyVolume(values, rows, stated);
  if (samples.kind === "labelled")
    return labelledVolumes(values, rows, stated, labelsIn(file, samples.column));
  const { events, tr } = await readEvents(file, samples.column);
  return eventMeans(values, rows, voxels.indices.length, events, tr, samples.shiftSeconds);
}

/** Throws events/different unless labels agree and onsets do within half a volume, as scanner clocks jitter. */
function refuseOtherMoments(
  subject: string,
  parts: readonly RunSamples[],
  other: string,
  others: readonly RunSamples[],
  runs: readonly string[],
  file: RunFile | undefined,
): void {
  const tolerance = (file?.repetitionTimeSeconds ?? 1) / 2;
  for (const [i, { labels, onsets }] of parts.entries()) {
    const theirs = others[i];
    const same =
      theirs?.labels.length === labels.length &&
      labels.every((label, row) => label === theirs.labels[row]) &&
      onsets.every((onset, row) => Math.abs(onset - (theirs.onsets[row] ?? Number.NaN)) < tolerance);
    if (!same) throw new Fault("events/different", { run: runs[i] ?? "", subject, other });
  }
}

/** Of each row the volumes that it is made of in any of these subjects' samples of a run. */
function volumesOfAny(parts: readonly (RunSamples | undefined)[]): VolumeSpan[] {
  const spans = (row: number) => parts.map((part) => part?.volumes[row] as VolumeSpan);
  return (parts[0]?.volumes ?? []).map((_, row) => [
    Math.min(...spans(row).map(([from]) => from)),
    Math.max(...spans(row).map(([, to]) => to)),
  ]);
}

/** Joins the runs of one subject into memory that worker threads share. */
function joinRuns(parts: readonly Float32Array[]): Float32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const out = new Float32Array(new SharedArrayBuffer(length * 4));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
