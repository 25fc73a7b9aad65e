/** Values closer than this on an axis of fractions would lie on each other. */
const SAME = 0.004;

/**
 * How far to the side each dot is set, in dots: equal values stand side by side about the middle, in the order given,
 * so that every subject is seen and stays where it was. null has no dot.
 */
export function dotOffsets(values: readonly (number | null)[]): number[] {
  const alike = (a: number | null, b: number | null) => a !== null && b !== null && Math.abs(a - b) < SAME;
  return values.map((value, at) => {
    const same = values.flatMap((other, index) => (alike(value, other) ? [index] : []));
    return same.length < 2 ? 0 : same.indexOf(at) - (same.length - 1) / 2;
  });
}
