import { setImmediate } from "node:timers/promises";

/** A long calculation in this thread that pauses at each yield, so that others are heard. */
export type Steps<Result> = Generator<void, Result>;

const PATIENCE_MS = 50;

/** Goes through all steps, letting others work now and then. @throws the signal's reason when aborted */
export async function finish<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  let since = performance.now();
  let turn = steps.next();
  while (!turn.done) {
    if (performance.now() - since > PATIENCE_MS) {
      await setImmediate();
      signal?.throwIfAborted();
      since = performance.now();
    }
    turn = steps.next();
  }
  return turn.value;
}

/** Numbers any labels from 1 in the order of their first appearance. */
export function numbered(labels: ArrayLike<number>): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(labels, (label) => {
    const known = numbers.get(label) ?? numbers.size + 1;
    numbers.set(label, known);
    return known;
  });
}
