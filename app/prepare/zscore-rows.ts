/**
 * Z-scores every column over rows `from`..`to` (excluded) of row-major values, in place, with the population's
 * standard deviation (ddof 0). Constant columns are only centred. Sums in double precision.
 */
export function zscoreRows(values: Float32Array, columns: number, from: number, to: number): void {
  const n = to - from;
  if (n <= 0) return;
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  each((v, at) => {
    mean[v] = (mean[v] as number) + (values[at] as number) / n;
  });
  each((v, at) => {
    spread[v] = (spread[v] as number) + ((values[at] as number) - (mean[v] as number)) ** 2 / n;
  });
  each((v, at) => {
    const m = mean[v] as number;
    const sd = Math.sqrt(spread[v] as number);
    values[at] = ((values[at] as number) - m) / (sd > 1e-7 * Math.abs(m) && sd > 0 ? sd : 1);
  });

  function each(visit: (v: number, at: number) => void): void {
    for (let row = from; row < to; row++) for (let v = 0; v < columns; v++) visit(v, row * columns + v);
  }
}
