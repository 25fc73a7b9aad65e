import { randomOf } from "#app/linalg/random.ts";

/** The size of the example study. */
export const design = {
  subjects: 8,
  runs: 8,
  conditions: ["face", "house", "cat", "bottle", "scissors", "shoe", "chair"],
  repetitionTimeSeconds: 2,
  blockSeconds: 16,
  gapSeconds: 10,
  firstOnsetSeconds: 10,
  volumes: 104,
} as const;

export interface Block {
  readonly onset: number;
  readonly condition: string;
}

/** The blocks of a run, the same for every subject: rows of the samples must be the same moments in all. */
export function blocksOf(seed: number, run: number): Block[] {
  const random = randomOf(seed, `order ${run}`);
  const order = design.conditions
    .map((condition) => ({ condition, key: random.uniform() }))
    .sort((a, b) => a.key - b.key);
  const { firstOnsetSeconds, blockSeconds, gapSeconds } = design;
  return order.map(({ condition }, at) => ({
    onset: firstOnsetSeconds + at * (blockSeconds + gapSeconds),
    condition,
  }));
}
