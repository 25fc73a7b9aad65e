import type { Dataset, Problem, RunFile } from "#app/contract/dataset.ts";
import { type EventColumn, readColumns } from "./events.ts";
import { inLanes } from "./lanes.ts";

/** Of each run that has events: the columns and values of all its subjects' files; and which can't be read. */
export async function eventColumns(
  runs: readonly string[],
  files: readonly RunFile[],
): Promise<{ events: Dataset["events"]; problems: Problem[] }> {
  const paths = [...new Set(files.flatMap(({ eventsPath }) => eventsPath ?? []))];
  const tables = await inLanes(paths, (path) => readColumns(path).catch(() => null));
  const read = new Map<string, readonly EventColumn[] | null>(
    paths.map((path, at) => [path, tables[at] ?? null]),
  );
  const problems: Problem[] = [];
  const events: Dataset["events"][number][] = [];
  for (const run of runs) {
    const values = new Map<string, Set<string>>();
    const ofRun = files.filter((file) => file.run === run);
    for (const { subject, eventsPath } of ofRun) {
      if (eventsPath === null) continue;
      const columns = read.get(eventsPath) ?? null;
      if (columns === null) {
        const text = "The events file can't be read. Only volumes can be samples.";
        problems.push({ severity: "warning", subject, run, text });
      }
      for (const column of columns ?? []) {
        const known = values.get(column.name) ?? new Set();
        for (const value of column.values) known.add(value);
        values.set(column.name, known);
      }
    }
    const columns = [...values].map(([name, known]) => ({ name, values: [...known] }));
    if (ofRun.some(({ eventsPath }) => eventsPath !== null)) events.push({ run, columns });
  }
  return { events, problems };
}
