/** What is wrong with the voxels read of one run. */
export interface Quality {
  /** 1 where a voxel has a value that is not finite in a good row. */
  readonly nonFinite: Uint8Array;
  /** 1 where a voxel is finite and does not change over the good rows. */
  readonly constant: Uint8Array;
  readonly nonFiniteCount: number;
  readonly constantCount: number;
  /** Rows before the repeated tail; all rows where there is none. */
  readonly goodRows: number;
}

/** Looks at rows × columns row-major values. A tail is at least two final volumes that are all one volume. */
export function quality(values: Float32Array, rows: number, columns: number): Quality {
  const goodRows = rowsBeforeTail(values, rows, columns);
  const nonFinite = new Uint8Array(columns);
  const constant = new Uint8Array(columns).fill(1);
  for (let row = 0; row < goodRows; row++) {
    for (let v = 0; v < columns; v++) {
      const value = values[row * columns + v] as number;
      if (!Number.isFinite(value)) nonFinite[v] = 1;
      if (value !== values[v]) constant[v] = 0;
    }
  }
  for (let v = 0; v < columns; v++) if (nonFinite[v]) constant[v] = 0;
  const sum = (flags: Uint8Array): number => flags.reduce((a, b) => a + b, 0);
  return { nonFinite, constant, nonFiniteCount: sum(nonFinite), constantCount: sum(constant), goodRows };
}

/** A wholly constant run has no tail: its voxels are all constant instead. */
function rowsBeforeTail(values: Float32Array, rows: number, columns: number): number {
  if (columns === 0) return rows;
  let start = rows - 1;
  while (start > 0) {
    for (let v = 0; v < columns; v++) {
      if (!Object.is(values[(start - 1) * columns + v], values[(rows - 1) * columns + v])) {
        return start === rows - 1 ? rows : start;
      }
    }
    start--;
  }
  return rows;
}
