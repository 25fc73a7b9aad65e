/** The mean and its standard error over subjects (ddof 1). */
export function meanAndSem(values: readonly number[]): { mean: number; sem: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sem: Math.sqrt(squares / (n - 1) / n) };
}
