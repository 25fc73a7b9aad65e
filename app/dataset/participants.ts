import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset, Problem } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { readTable } from "./tables/table.ts";

type Participants = Dataset["participants"];

/**
 * What participants.tsv (BIDS) in a folder says of its subjects: its first column, or the one named participant_id,
 * names them, with "sub-" or without. Where it can't be read, a note.
 */
export async function readParticipants(
  folder: string,
): Promise<{ readonly participants: Participants; readonly problems: readonly Problem[] }> {
  const path = join(folder, "participants.tsv");
  // A link may lead out of the folder, and nothing is lost without it.
  const isFile = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return { participants: {}, problems: [] };
  try {
    return { participants: await participantsIn(path), problems: [] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { participants: {}, problems: [{ severity: "note", text: error.message }] };
  }
}

async function participantsIn(path: string): Promise<Participants> {
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
  return Object.fromEntries(known);
}
