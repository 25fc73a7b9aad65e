import type { Maps } from "#app/contract/maps.ts";

/** Where each run begins and ends among the rows, the last one included. */
export function runSpans(rows: Maps["rows"]): { run: string; from: number; to: number }[] {
  const spans: { run: string; from: number; to: number }[] = [];
  rows.forEach(({ run }, row) => {
    const last = spans.at(-1);
    if (last?.run === run) last.to = row;
    else spans.push({ run, from: row, to: row });
  });
  return spans;
}
