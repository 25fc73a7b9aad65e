import { readTable } from "./tables/table.ts";

/** What a study's participants.tsv says of each subject ("sub-01"), column by column; n/a is null. */
export type Participants = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

/**
 * Reads participants.tsv (BIDS): its first column, or the one named participant_id, names the subjects, with "sub-" or
 * without. @throws Fault table/unreadable
 */
export async function readParticipants(path: string): Promise<Participants> {
  const { columns, rows } = await readTable(path);
  const at = Math.max(0, columns.indexOf("participant_id"));
  const known = new Map<string, Record<string, string | null>>();
  for (const row of rows) {
    const name = row[at];
    if (!name) continue;
    const facts = columns.flatMap((column, i) =>
      i === at || column === "" ? [] : [[column, row[i] ?? null] as const],
    );
    known.set(name.startsWith("sub-") ? name : `sub-${name}`, Object.fromEntries(facts));
  }
  return known;
}
