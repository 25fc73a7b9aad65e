import { Fault } from "#app/contract/fault.ts";
import type { Event } from "./events.ts";
import { numberIn, type Table } from "./tables/table.ts";

/**
 * The onsets of the Sherlock dataset (Chen et al. 2017, as published at gin.g-node.org/ljchang/Sherlock) count volumes
 * from 1, and an event's last volume belongs to it. Two forms are known:
 * - Sherlock_Segments_1000_NN_2017.xlsx: "Start Time (TRs, 1.5s)" and "End Time (TRs, 1.5s)" of segments of the movie.
 *   Volumes are counted on through both parts, while "Start Time (s)" begins anew with the second. Scene_Name stands in
 *   the first row of a scene only.
 * - Sherlock_Recall_Scene_n50_Onsets.csv, Sherlock_Watch_Scene_N50_Onsets.csv: Scene, Onset, Offset, and perhaps
 *   Subject, which is the number of the subject.
 */
interface OnsetColumns {
  readonly start: number;
  readonly end: number;
  /** Seconds from the start of a part; -1 where there is none. */
  readonly seconds: number;
  readonly subject: number;
  /** What the heading says a volume takes, in seconds; null where it does not. */
  readonly tr: number | null;
}

interface Place {
  readonly subject: string;
  readonly run: string;
  /** Repetition time of the run in seconds. */
  readonly tr: number;
}

type Row = Table["rows"][number];

/** Whether a table is one of Sherlock's. */
export function isOnsetTable(table: Table): boolean {
  return columnsOf(table) !== null;
}

/** The columns beside the times and the subject. */
export function onsetColumns(table: Table): string[] {
  const found = columnsOf(table);
  const taken = found === null ? [] : [found.start, found.end, found.seconds, found.subject];
  return table.columns.filter((name, i) => !taken.includes(i) && !/^(start|end) time\b/i.test(name));
}

/**
 * The events of one run. A column whose cells are empty below the first of a scene gives one event a scene, others one
 * a row. A run named after a part (task-sherlockPart2) gets that part's, any other all of the table.
 * @throws Fault events/no-column
 */
export function onsetEvents(
  table: Table,
  { subject, run, tr }: Place,
  column: string,
  file: string,
): Event[] {
  const found = columnsOf(table);
  const labelAt = table.columns.indexOf(column);
  if (found === null || labelAt < 0 || !onsetColumns(table).includes(column)) {
    throw new Fault("events/no-column", { file, column, known: onsetColumns(table).join(", ") });
  }
  const seconds = found.tr ?? tr;
  const mine = table.rows.filter(
    (row) => found.subject < 0 || numberIn(row[found.subject]) === numberOf(subject),
  );
  const part = partOf(run);
  const parts = part === null ? [mine] : splitParts(mine, found);
  const rows = parts[(part ?? 1) - 1] ?? [];
  const before = part === null || part === 1 ? 0 : volumesBefore(rows, found, seconds);
  const scenes = /^scene_?name$/i.test(column);
  const events: Event[] = [];
  for (const row of rows) {
    const [start, end] = [numberIn(row[found.start]) - before, numberIn(row[found.end]) - before];
    if (!(start >= 1) || !(end >= start)) continue;
    const label = row[labelAt] ?? null;
    const last = events.at(-1);
    if (scenes && label === null && last !== undefined) {
      events[events.length - 1] = { ...last, duration: end * seconds - last.onset };
    } else {
      events.push({ onset: (start - 1) * seconds, duration: (end - start + 1) * seconds, label });
    }
  }
  return events;
}

function columnsOf({ columns }: Table): OnsetColumns | null {
  const at = (pattern: RegExp) => columns.findIndex((name) => pattern.test(name));
  const segments = [at(/^start time \(trs?\b/i), at(/^end time \(trs?\b/i)] as const;
  const scenes = [at(/^onset$/i), at(/^offset$/i)] as const;
  const [start, end] = Math.min(...segments) >= 0 ? segments : scenes;
  if (start < 0 || end < 0) return null;
  const tr = /([\d.]+) ?s\)$/i.exec(columns[start] ?? "")?.[1];
  return {
    start,
    end,
    seconds: at(/^start time \(s\)$/i),
    subject: at(/^subject$/i),
    tr: tr === undefined ? null : Number(tr),
  };
}

/** Cuts the rows where time begins anew. */
function splitParts(rows: readonly Row[], { start, seconds }: OnsetColumns): Row[][] {
  const parts: Row[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const time = numberIn(row[seconds < 0 ? start : seconds]);
    if (parts.length === 0 || time < last) parts.push([]);
    parts.at(-1)?.push(row);
    if (Number.isFinite(time)) last = time;
  }
  return parts;
}

/** Volumes of the parts before the one whose rows these are. */
function volumesBefore(rows: readonly Row[], { start, seconds }: OnsetColumns, tr: number): number {
  const first = rows.find((row) => Number.isFinite(numberIn(row[start])));
  const since = seconds < 0 ? 0 : numberIn(first?.[seconds]);
  return numberIn(first?.[start]) - 1 - (Number.isFinite(since) ? Math.floor(since / tr + 1e-6) : 0);
}

function partOf(run: string): number | null {
  const found = /part-?0*(\d+)/i.exec(run)?.[1];
  return found === undefined ? null : Number(found);
}

/** The number at the end of a subject's name. */
function numberOf(subject: string): number {
  return numberIn(/\d+$/.exec(subject)?.[0]);
}
