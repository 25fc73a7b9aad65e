import { randomOf } from "#app/linalg/random.ts";

/**
 * By how many rows each subject is shifted in a part of a run, around its end: any number, each as likely, so that subjects
 * correspond no more often than by chance. Were they kept apart, few rows would be matched with wrong ones on purpose, and
 * accuracy would lie below chance. Each subject's own course stays as it was.
 */
export function timeShifts(subjects: number, rows: number, seed: number, part: string): number[] {
  const random = randomOf(seed, `shifts of ${part}`);
  return Array.from({ length: subjects }, () => Math.floor(random.uniform() * rows));
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
