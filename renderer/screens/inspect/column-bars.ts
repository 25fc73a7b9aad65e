/** One bar of a strip: the column of the largest value (by size) of those that share its pixels. */
export interface ColumnBar {
  /** Which of the columns. */
  readonly column: number;
  readonly value: number;
}

/** At most `most` bars for all columns; a bar whose columns have no value is left out. */
export function columnBars(values: Float32Array, most: number): (ColumnBar | null)[] {
  const bars = Math.max(1, Math.min(most, values.length));
  return Array.from({ length: bars }, (_, bar) => {
    let best: ColumnBar | null = null;
    const to = Math.floor(((bar + 1) * values.length) / bars);
    for (let column = Math.floor((bar * values.length) / bars); column < to; column++) {
      const value = values[column] as number;
      if (!Number.isNaN(value) && (best === null || Math.abs(value) > Math.abs(best.value)))
        best = { column, value };
    }
    return best;
  });
}

/** The columns with the largest values by size, the largest first. */
export function largestColumns(values: Float32Array, most: number): number[] {
  return Array.from(values.keys())
    .filter((column) => !Number.isNaN(values[column]))
    .sort((a, b) => Math.abs(values[b] as number) - Math.abs(values[a] as number))
    .slice(0, most);
}
