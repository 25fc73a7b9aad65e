import { randomOf } from "#app/linalg/random.ts";

/** Where the mean of values lies with this confidence if they are drawn anew from themselves: percentiles of so many means. */
export function bootstrapInterval(
  values: readonly number[],
  { confidence, draws, seed }: { readonly confidence: number; readonly draws: number; readonly seed: number },
): readonly [number, number] {
  const random = randomOf(seed, "subjects drawn anew");
  const n = values.length;
  const means = Float64Array.from({ length: draws }, () => {
    let total = 0;
    for (let at = 0; at < n; at++) total += values[Math.floor(random.uniform() * n)] as number;
    return total / n;
  }).sort();
  const tail = (1 - confidence) / 2;
  return [percentile(means, tail), percentile(means, 1 - tail)];
}

/** Of ascending values, between two neighbours in proportion. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return low + (place - below) * (high - low);
}
