/** The correlation of two maps (Pearson) over the voxels where both have a value; NaN where one is flat. */
export function patternCorrelation(a: Float32Array, b: Float32Array): number {
  const both = [...a.keys()].filter((at) => Number.isFinite(a[at]) && Number.isFinite(b[at]));
  const less = (values: Float32Array) => {
    const own = both.map((at) => values[at] as number);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    return own.map((value) => value - mean);
  };
  const [x, y] = [less(a), less(b)];
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, at) => sum + value * (q[at] as number), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
