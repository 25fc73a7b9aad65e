import { basename } from "node:path";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { isOnsetTable, onsetColumns, onsetEvents } from "./sherlock-onsets.ts";
import { numberIn, readTable, type Table } from "./tables/table.ts";

/** One event. Onset and duration in seconds; an n/a duration is 0, an n/a label null. */
export interface Event {
  readonly onset: number;
  readonly duration: number;
  readonly label: string | null;
}

/** A column beside onset and duration, and its distinct values in order of appearance. */
export interface EventColumn {
  readonly name: string;
  readonly values: readonly string[];
}

/** Whose events are asked for: a table may hold those of several subjects and runs. */
export type EventSource = Pick<RunFile, "subject" | "run" | "eventsPath" | "repetitionTimeSeconds">;

const times = ["onset", "duration"];

/**
 * The events of a run in time's order, labelled by a column of its table, and the repetition time (seconds) that places
 * them on its volumes. The table is BIDS', or one of Sherlock's, which count volumes: `sherlock-onsets.ts`.
 * @throws Fault events/missing, dataset/unknown-tr, events/unreadable, events/no-column
 */
export async function readEvents(
  { subject, run, eventsPath, repetitionTimeSeconds: tr }: EventSource,
  column: string,
): Promise<{ events: Event[]; tr: number }> {
  if (eventsPath === null) throw new Fault("events/missing", { run, subject });
  if (tr === null) throw new Fault("dataset/unknown-tr", { run, subject });
  const table = await eventTable(eventsPath);
  const file = basename(eventsPath);
  const events = isOnsetTable(table)
    ? onsetEvents(table, { subject, run, tr }, column, file)
    : timedEvents(table, column, file);
  return { events: events.sort((a, b) => a.onset - b.onset), tr };
}

/** The columns of an events table beside its times; n/a is no value. @throws Fault events/unreadable */
export async function readColumns(path: string): Promise<EventColumn[]> {
  const table = await eventTable(path);
  const { columns, rows } = table;
  const labels = isOnsetTable(table) ? onsetColumns(table) : columns.filter((name) => !times.includes(name));
  return labels.flatMap((name) => {
    if (name === "") return [];
    const at = columns.indexOf(name);
    return [{ name, values: [...new Set(rows.flatMap((row) => row[at] ?? []))] }];
  });
}

/** Where a column stands. @throws Fault events/no-column */
function columnAt({ columns }: Table, name: string, file: string): number {
  const found = columns.indexOf(name);
  if (found < 0) throw new Fault("events/no-column", { file, column: name, known: columns.join(", ") });
  return found;
}

/** BIDS: onset and duration in seconds. Rows without an onset are left out. */
function timedEvents(table: Table, column: string, file: string): Event[] {
  const at = (name: string) => columnAt(table, name, file);
  const [onsetAt, durationAt, labelAt] = [at("onset"), at("duration"), at(column)];
  return table.rows.flatMap((row) => {
    const [onset, duration] = [numberIn(row[onsetAt]), numberIn(row[durationAt])];
    if (!Number.isFinite(onset)) return [];
    const length = Number.isFinite(duration) ? Math.max(0, duration) : 0;
    return [{ onset, duration: length, label: row[labelAt] ?? null }];
  });
}

async function eventTable(path: string): Promise<Table> {
  try {
    return await readTable(path);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "table/unreadable") throw error;
    throw new Fault("events/unreadable", error.values);
  }
}
