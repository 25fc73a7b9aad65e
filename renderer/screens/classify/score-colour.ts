/** Of a score or share from −1 to 1, on the scale of both signs: towards the accent where it is high. */
export function scoreColour(score: number): string {
  const share = 100 * Math.min(1, Math.abs(score));
  const end = score >= 0 ? "var(--scale-end)" : "var(--scale-low)";
  return `color-mix(in oklab, ${end} ${share}%, var(--scale-start))`;
}
