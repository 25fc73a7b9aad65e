import { randomOf, shuffled } from "#app/linalg/random.ts";

/**
 * By how many rows each subject is shifted in a part of a run, around its end: as far from each other as they can be, who is
 * where drawn by the seed. Nothing then corresponds in time, and each subject's own course stays as it was.
 */
export function timeShifts(subjects: number, rows: number, seed: number, part: string): number[] {
  const places = Array.from({ length: subjects }, (_, at) => Math.floor((at * rows) / subjects));
  return shuffled(places, randomOf(seed, `shifts of ${part}`));
}

/** Places of the rows of parts of runs, so many rows of each in order, each part shifted around its end. */
export function shiftedRows(lengths: readonly number[], shifts: readonly number[]): number[] {
  let first = 0;
  return lengths.flatMap((length, part) => {
    const start = first;
    first += length;
    return Array.from({ length }, (_, row) => start + ((row + (shifts[part] as number)) % length));
  });
}
