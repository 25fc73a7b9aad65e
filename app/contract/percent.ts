/** A fraction as a percentage: "38.1 %", and what is below one per cent with two decimals. */
export function percent(fraction: number): string {
  const share = 100 * fraction;
  return `${share.toFixed(share > 0 && share < 0.95 ? 2 : 1)} %`;
}
