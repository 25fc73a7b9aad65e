/** Of a score from −1 to 1: the diverging scale of the confusion of both signs, towards the accent where it is high. */
export function scoreColour(score: number): string {
  const share = Math.round(100 * Math.min(1, Math.abs(score)));
  const end = score >= 0 ? "var(--scale-end)" : "var(--scale-low)";
  return `color-mix(in oklab, ${end} ${share}%, var(--scale-start))`;
}
