import { readFile } from "node:fs/promises";
import { Fault } from "#app/contract/fault.ts";

/** One event. Onset and duration in seconds; an n/a duration is 0, an n/a label null. */
export interface Event {
  readonly onset: number;
  readonly duration: number;
  readonly label: string | null;
}

/** Parses an events table; rows without an onset are left out. Throws plan/invalid where `column` is missing. */
export function parseEvents(text: string, column: string): Event[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const head = (lines[0] ?? "").split("\t").map((cell) => cell.trim());
  const at = (name: string): number => {
    const found = head.indexOf(name);
    if (found < 0) {
      throw new Fault("plan/invalid", {
        detail: `the events file has no column ${name}; it has ${head.join(", ")}`,
      });
    }
    return found;
  };
  const [onsetAt, durationAt, labelAt] = [at("onset"), at("duration"), at(column)];
  const events: Event[] = [];
  for (const line of lines.slice(1)) {
    const cells = line.split("\t").map((cell) => cell.trim());
    const cell = (index: number): string | null => {
      const value = cells[index] ?? "";
      return value === "" || value.toLowerCase() === "n/a" ? null : value;
    };
    const onset = Number(cell(onsetAt) ?? Number.NaN);
    const duration = Number(cell(durationAt) ?? 0);
    if (!Number.isFinite(onset)) continue;
    events.push({
      onset,
      duration: Number.isFinite(duration) ? Math.max(0, duration) : 0,
      label: cell(labelAt),
    });
  }
  return events.sort((a, b) => a.onset - b.onset);
}

/** Reads and parses an events file. */
export async function readEvents(path: string, column: string): Promise<Event[]> {
  return parseEvents(await readFile(path, "utf8"), column);
}
