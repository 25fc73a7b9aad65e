import { open } from "node:fs/promises";
import { basename } from "node:path";
import { Fault } from "#app/contract/fault.ts";

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

/** Hours of button presses take less. */
const largestBytes = 16e6;
const times = ["onset", "duration"];

/** Parses an events table; rows without an onset are left out. Throws events/no-column where `column` is missing. */
export function parseEvents(text: string, column: string, file = "The events file"): Event[] {
  const { head, rows } = parseTable(text);
  const at = (name: string): number => {
    const found = head.indexOf(name);
    if (found < 0) throw new Fault("events/no-column", { file, column: name, known: head.join(", ") });
    return found;
  };
  const [onsetAt, durationAt, labelAt] = [at("onset"), at("duration"), at(column)];
  const events: Event[] = [];
  for (const row of rows) {
    const onset = Number(row[onsetAt] ?? Number.NaN);
    const duration = Number(row[durationAt] ?? 0);
    if (!Number.isFinite(onset)) continue;
    events.push({
      onset,
      duration: Number.isFinite(duration) ? Math.max(0, duration) : 0,
      label: row[labelAt] ?? null,
    });
  }
  return events.sort((a, b) => a.onset - b.onset);
}

/** The columns beside onset and duration; n/a is no value. */
export function parseColumns(text: string): EventColumn[] {
  const { head, rows } = parseTable(text);
  return head.flatMap((name, at) => {
    if (name === "" || times.includes(name)) return [];
    return [{ name, values: [...new Set(rows.flatMap((row) => row[at] ?? []))] }];
  });
}

/** Reads and parses an events file. Throws events/unreadable, events/no-column. */
export async function readEvents(path: string, column: string): Promise<Event[]> {
  return parseEvents(await readTable(path), column, basename(path));
}

/** Reads the columns of an events file. Throws events/unreadable. */
export async function readColumns(path: string): Promise<EventColumn[]> {
  return parseColumns(await readTable(path));
}

async function readTable(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => null);
  try {
    if (!file || (await file.stat()).size > largestBytes) throw new Fault("events/unreadable", { path });
    return await file.readFile("utf8");
  } catch {
    throw new Fault("events/unreadable", { path });
  } finally {
    await file?.close();
  }
}

/** The cells of a tab-separated table; empty ones and n/a are null. */
export function parseTable(text: string): { head: string[]; rows: (string | null)[][] } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const [head = [], ...rows] = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  const value = (cell: string): string | null => (cell === "" || cell.toLowerCase() === "n/a" ? null : cell);
  return { head, rows: rows.map((row) => row.map(value)) };
}
