import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Problem, Reader } from "#app/contract/dataset.ts";
import { compareNatural } from "./bids-entities.ts";
import { bidsReader, describeTree } from "./bids-reader.ts";
import { type ListedFile, listFolder } from "./folder-listing.ts";

/**
 * The Sherlock dataset as the naturalistic-data course gives it (https://gin.g-node.org/ljchang/Sherlock) and its
 * mirrors: fMRIPrep derivatives beside which lie tables of the film's scenes, under onsets/, and the stimuli.
 */
export const sherlockReader: Reader = {
  name: "sherlock",
  async recognise(path) {
    const tables = await readdir(join(path, "onsets")).catch(() => []);
    return tables.some((name) => /^sherlock.*\.(csv|xlsx)$/i.test(name)) && bidsReader.recognise(path);
  },
  async describe(folder, space = null) {
    const path = resolve(folder);
    const { files } = await listFolder(path, 1, (name) => /^(onsets|stimuli)$/i.test(name));
    const of = (name: string) => files.filter((file) => basename(dirname(file.path)).toLowerCase() === name);
    const tables = of("onsets").filter(({ absent, stray }) => !absent && !stray);
    const stimuli = of("stimuli").map(({ fileName }) => fileName);
    const eventsOf = (run: string) => eventsTable(tables, run);
    const problems = [...tellStimuli(stimuli), ...tellScenes(eventsOf("task-sherlockPart2"))];
    return describeTree(path, space, { reader: "sherlock", eventsOf, problems });
  },
};

/**
 * The table that tells a run's scenes: of the parts of the film the segments, else the scenes watched; of the recall
 * its own. The table of where the runs were cropped tells no events.
 */
function eventsTable(tables: readonly ListedFile[], run: string): string | null {
  const wanted = /task-sherlockPart\d/i.test(run)
    ? [/segments.*\.xlsx$/i, /watch.*\.csv$/i, /segments.*\.csv$/i]
    : /task-freerecall/i.test(run)
      ? [/recall.*\.csv$/i]
      : [];
  for (const pattern of wanted) {
    const found = tables
      .filter(({ fileName }) => pattern.test(fileName))
      .sort((a, b) => compareNatural(a.path, b.path))[0];
    if (found) return found.path;
  }
  return null;
}

function tellStimuli(names: readonly string[]): Problem[] {
  if (names.length === 0) return [];
  const text = `The stimuli are there too: ${[...names].sort(compareNatural).join(", ")}. Concord does not use them.`;
  return [{ severity: "note", text }];
}

function tellScenes(table: string | null): Problem[] {
  if (table === null) return [];
  const text = `The scenes are told by ${basename(table)}, one table for both parts. Check that its times fit each part before they are samples.`;
  return [{ severity: "warning", text }];
}
