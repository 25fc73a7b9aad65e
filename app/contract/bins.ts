export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How many values lie in each of so many equal parts of a range; its end belongs to the last. */
export function binsOf(
  values: readonly number[],
  [least, most]: readonly [number, number],
  count: number,
): Bin[] {
  const width = (most - least) / count;
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    // Rounding must not move a value on a border into the bin before.
    const at = Math.min(count - 1, Math.floor((value - least) / width + 1e-9));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((own, at) => ({ from: least + at * width, to: least + (at + 1) * width, count: own }));
}
