/** A number with a true minus; what rounds to 0 has none. */
export function fixed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(?=[0.]*$)/, "")
    .replace("-", "−");
}

/** A fraction as a percentage: "38.1 %". The space does not break. */
export function percent(fraction: number): string {
  return `${fixed(100 * fraction, 1)}\u00a0%`;
}

/** "1 run", "2 runs", "12,345 voxels". */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : nouns}`;
}

/** Thousands with commas. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The mean, and its standard error over the values (ddof 1). */
export function meanAndSem(values: readonly number[]): { mean: number; sem: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sem: Math.sqrt(squares / (n - 1) / n) };
}
