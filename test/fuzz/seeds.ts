import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How often it is taken beside others: the large take long. */
  readonly weight: number;
}

const FULL_WEIGHT_BYTES = 20_000;
const MOST_BYTES = 2 << 20;

/** Every file of the fixtures that a reader takes. Geometry and scripts are not read. */
export function seedsIn(fixtures: string): Seed[] {
  const entries = readdirSync(fixtures, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(py|md|sh|json|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](make|fsaverage5)[\\/]/.test(path))
    .sort()
    .map((path) => {
      const bytes = readFileSync(path);
      return {
        name: basename(path),
        bytes,
        weight: Math.min(1, FULL_WEIGHT_BYTES / Math.max(1, bytes.length)),
      };
    })
    .filter(({ bytes }) => bytes.length <= MOST_BYTES);
}

/** A seed by a number in [0, 1). */
export function pickSeed(seeds: readonly Seed[], at: number): Seed {
  const total = seeds.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * total;
  for (const seed of seeds) {
    left -= seed.weight;
    if (left < 0) return seed;
  }
  return seeds.at(-1) as Seed;
}
