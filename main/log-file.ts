import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { format } from "node:util";

/** A longer log begins anew; the last one is kept beside it. */
const LARGEST_BYTES = 1e6;

/**
 * What this process tells on the console goes to a file too: the installed application has no console. Nothing is
 * sent anywhere. Main and engine write to one file.
 */
export function logConsoleTo(file: string, process_: string): void {
  for (const level of ["warn", "error"] as const) {
    const tell = console[level];
    console[level] = (...told: unknown[]) => {
      tell(...told);
      append(file, `${new Date().toISOString()} ${process_} ${level}: ${format(...told)}\n`);
    };
  }
  process.on("warning", (warning) =>
    append(file, `${new Date().toISOString()} ${process_} ${warning.stack}\n`),
  );
}

/** A log that can't be written is no reason to stop. */
function append(file: string, line: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES)
      renameSync(file, `${file}.old`);
    appendFileSync(file, line);
  } catch {
    return;
  }
}
