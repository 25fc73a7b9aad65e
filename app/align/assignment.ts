import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * The one-to-one assignment of rows to columns of a square cost matrix that costs least in all: of each row its column.
 * Shortest augmenting paths with potentials (Jonker & Volgenant 1987), O(n³); of equal paths the first.
 */
export function assignment({ rows: n, data }: Matrix): Int32Array {
  // Columns are counted from 1: column 0 is where each path starts.
  const rowOf = new Int32Array(n + 1).fill(-1);
  const [rowPotential, columnPotential] = [new Float64Array(n), new Float64Array(n + 1)];
  const [least, from, done] = [new Float64Array(n + 1), new Int32Array(n + 1), new Uint8Array(n + 1)];
  for (let start = 0; start < n; start++) {
    least.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    rowOf[0] = start;
    let column = 0;
    while (rowOf[column] !== -1) {
      done[column] = 1;
      const row = rowOf[column] as number;
      let [best, next] = [Number.POSITIVE_INFINITY, 0];
      for (let to = 1; to <= n; to++) {
        if (done[to] === 1) continue;
        const reduced =
          (data[row * n + to - 1] as number) -
          (rowPotential[row] as number) -
          (columnPotential[to] as number);
        if (reduced < (least[to] as number)) {
          least[to] = reduced;
          from[to] = column;
        }
        if ((least[to] as number) < best) [best, next] = [least[to] as number, to];
      }
      for (let to = 0; to <= n; to++) {
        if (done[to] === 1) {
          const row = rowOf[to] as number;
          rowPotential[row] = (rowPotential[row] as number) + best;
          columnPotential[to] = (columnPotential[to] as number) - best;
        } else least[to] = (least[to] as number) - best;
      }
      column = next;
    }
    while (column !== 0) {
      const before = from[column] as number;
      rowOf[column] = rowOf[before] as number;
      column = before;
    }
  }
  const columnOf = new Int32Array(n);
  for (let column = 1; column <= n; column++) columnOf[rowOf[column] as number] = column - 1;
  return columnOf;
}
