/** A short case is not warm after one run: the compiler goes on for some hundred milliseconds. */
const WARM_UP_MS = 500;

/** Seconds of each warm run, after half a second of runs, or one, that are not counted. */
export async function timed(runs: number, run: () => unknown): Promise<number[]> {
  const begun = performance.now();
  do await run();
  while (performance.now() - begun < WARM_UP_MS);
  const seconds: number[] = [];
  for (let count = 0; count < runs; count++) {
    const started = performance.now();
    await run();
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
