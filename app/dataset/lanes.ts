/** As many files are open at a time: more gain nothing on a disk, and a network's share may refuse them. */
const LANES = 16;

/** Does `work` on each item, some at a time; the results in the items' order. The first error is thrown. */
export async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async (): Promise<void> => {
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(LANES, items.length) }, lane));
  return results;
}
