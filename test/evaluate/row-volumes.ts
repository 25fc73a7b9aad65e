import type { RunLength, VolumeSpan } from "#app/contract/run-part.ts";

/** Each row a volume of its run. */
export function rowVolumes(runs: readonly string[]): VolumeSpan[] {
  return runs.map((run, row) => {
    const at = runs.slice(0, row).filter((other) => other === run).length;
    return [at, at + 1];
  });
}

/** The runs, as long as they have rows. */
export function runLengthsOf(runs: readonly string[]): RunLength[] {
  return [...new Set(runs)].map((run) => ({ run, volumes: runs.filter((other) => other === run).length }));
}
