import type { RunFile } from "#app/contract/dataset.ts";
import type { RunCleaner } from "./clean.ts";

/** What cleaning took of one run. */
export interface CleanedRun {
  readonly file: RunFile;
  readonly cleaner: RunCleaner;
  /** Whether volumes were to be marked. */
  readonly scrubbed: boolean;
}

/** Sentences of how much was taken: of the volumes marked, and of the degrees of freedom. */
export function cleaningNotes(runs: readonly CleanedRun[]): string[] {
  const scrubbed = runs.filter((run) => run.scrubbed);
  const marked = ({ cleaner }: CleanedRun) => cleaner.marked;
  const taken = ({ cleaner }: CleanedRun) => cleaner.trends.length + cleaner.confounds.length;
  const sum = (of: (run: CleanedRun) => number) => scrubbed.reduce((total, run) => total + of(run), 0);
  const most = (of: readonly CleanedRun[], by: (run: CleanedRun) => number) =>
    of.reduce((a, b) => (by(b) / b.cleaner.rows > by(a) / a.cleaner.rows ? b : a));
  const share = (run: CleanedRun, by: (run: CleanedRun) => number) =>
    `${by(run)} of the ${run.cleaner.rows} of ${run.file.run} of ${run.file.subject}`;
  return [
    ...(scrubbed.length === 0
      ? []
      : [
          `Scrubbing marked ${sum(marked)} of ${sum(({ cleaner }) => cleaner.rows)} volumes, at most ${share(most(scrubbed, marked), marked)}; marked volumes stay as samples.`,
        ]),
    ...(runs.length === 0
      ? []
      : [
          `Confounds, marked volumes and trends took degrees of freedom, at most ${share(most(runs, taken), taken)}.`,
        ]),
  ];
}
