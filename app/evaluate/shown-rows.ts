import { type Evaluation, rowsIn } from "./evaluation.ts";
import type { Fold } from "./fold.ts";

/** The rows of the kind aligned on that some fold holds out, in the order in which they are shown: maps, time courses, segments. */
export interface ShownRows {
  readonly rows: readonly number[];
  /** How many are of each part of a run, in order. */
  readonly runLengths: readonly number[];
  /** The place of the first row that a fold holds out. */
  readonly startOf: (fold: Fold) => number;
}

/** Folds that hold out the same parts share their rows. */
export function shownRows({ folds, align }: Evaluation): ShownRows {
  const starts = new Map<string, number>();
  const rows: number[] = [];
  const runLengths: number[] = [];
  for (const fold of folds) {
    if (starts.has(partsOf(fold))) continue;
    starts.set(partsOf(fold), rows.length);
    for (const part of fold.held) {
      const own = rowsIn(align, [part]);
      rows.push(...own);
      runLengths.push(own.length);
    }
  }
  return { rows, runLengths, startOf: (fold) => starts.get(partsOf(fold)) as number };
}

function partsOf({ held }: Fold): string {
  return JSON.stringify(held);
}
