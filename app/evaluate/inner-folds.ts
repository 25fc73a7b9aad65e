/** Rows to fit to, and rows to try on, in runs of these lengths. */
export interface InnerFold {
  readonly fit: readonly number[];
  readonly tried: readonly number[];
  readonly triedLengths: readonly number[];
}

/** At most so many rows of one run on either side of what is tried are not fitted to: a response is over by then. */
const GAP = 10;
/** A single run is cut into so many parts. */
const PARTS = 3;

/**
 * The rows to align on, cut again for choosing parameters: each run is left out in turn or, of a single run, each third
 * with a gap around it.
 */
export function innerFolds(runLengths: readonly number[]): InnerFold[] {
  const rows = runLengths.reduce((sum, length) => sum + length, 0);
  const all = Array.from({ length: rows }, (_, row) => row);
  if (runLengths.length > 1) {
    let first = 0;
    return runLengths.map((length) => {
      const [start, end] = [first, first + length];
      first = end;
      return {
        fit: all.filter((row) => row < start || row >= end),
        tried: all.slice(start, end),
        triedLengths: [length],
      };
    });
  }
  // Of a short run more is needed to fit to.
  const gap = Math.min(GAP, Math.floor(rows / (4 * PARTS)));
  return Array.from({ length: PARTS }, (_, part) => {
    const [start, end] = [part, part + 1].map((at) => Math.round((at * rows) / PARTS)) as [number, number];
    return {
      fit: all.filter((row) => row < start - gap || row >= end + gap),
      tried: all.slice(start, end),
      triedLengths: [end - start],
    };
  });
}

/** How many there are of so many runs. */
export function innerFoldsOf(runs: number): number {
  return runs > 1 ? runs : PARTS;
}
