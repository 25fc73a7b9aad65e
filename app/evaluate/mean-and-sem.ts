export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum / values.length;
}

/** The mean and its standard error over subjects (ddof 1). */
export function meanAndSem(values: readonly number[]): { mean: number; sem: number } {
  const n = values.length;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { mean: middle, sem: Math.sqrt(squares / (n - 1) / n) };
}
