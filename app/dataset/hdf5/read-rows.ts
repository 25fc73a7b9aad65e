import type { Hdf5File } from "./hdf5-file.ts";
import type { StoredArray } from "./stored-array.ts";

/** About so much is read at once; more where the file's pieces are larger. */
const BLOCK_BYTES = 2 ** 25;
/** Of what is handed back. */
const ANSWER_BYTES = 2 ** 28;

/**
 * As many of the wanted rows as are read at once, from the first on: rows × columns, in the order of `columns`. A piece
 * of the file (a chunk) is unpacked once in a block and not at all where it holds none of the columns.
 * @param array rows × columns, or the columns of one row
 * @param rows ascending, within the array, at least one
 * @throws Fault image/unreadable
 */
export function readRows(
  file: Hdf5File,
  array: StoredArray,
  rows: Int32Array,
  columns: Int32Array,
): Float32Array<ArrayBuffer> {
  const single = array.shape.length === 1;
  const [height, width] = single ? [1, array.shape[0] ?? 0] : [array.shape[0] ?? 0, array.shape[1] ?? 0];
  const [chunkRows, chunkColumns] = single ? [1, array.chunks?.[0] ?? 1] : (array.chunks ?? [1, 1]);
  const first = rows[0] as number;
  const end = blockEnd(first, height, Math.max(1, chunkRows ?? 1), {
    rowBytes: width * array.element.bytes,
    answerRowBytes: columns.length * Float32Array.BYTES_PER_ELEMENT,
  });
  const chosen = rows.findIndex((row) => row >= end);
  const block = chosen < 0 ? rows : rows.subarray(0, chosen);
  const values = new Float32Array(block.length * columns.length);
  const wanted = new Int32Array(width).fill(-1);
  for (const [at, column] of columns.entries()) wanted[column] = at;
  const tile = tileWidth(end - first, Math.max(1, chunkColumns ?? 1), array.element.bytes);
  for (let left = 0; left < width; left += tile) {
    let from = left;
    let to = Math.min(width, left + tile);
    while (from < to && wanted[from] === -1) from++;
    while (to > from && wanted[to - 1] === -1) to--;
    if (from === to) continue;
    const region = single
      ? { from: [from], count: [to - from] }
      : { from: [first, from], count: [end - first, to - from] };
    file.withRegion(array, region, (stored) => {
      for (const [b, row] of block.entries()) {
        const start = (row - first) * (to - from) - from;
        for (let column = from; column < to; column++) {
          const at = wanted[column] as number;
          if (at >= 0) values[b * columns.length + at] = Number(stored[start + column]);
        }
      }
    });
  }
  return values;
}

/** The end of the rows that are read with row `first`: of a chunk, or of as many as a block takes. */
function blockEnd(
  first: number,
  height: number,
  chunkRows: number,
  { rowBytes, answerRowBytes }: { readonly rowBytes: number; readonly answerRowBytes: number },
): number {
  const fitting = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, rowBytes)));
  const chunks = Math.max(1, Math.floor(fitting / chunkRows));
  const aligned = (Math.floor(first / chunkRows) + chunks) * chunkRows;
  const most = first + Math.max(1, Math.floor(ANSWER_BYTES / Math.max(1, answerRowBytes)));
  return Math.min(height, aligned, most);
}

/** How many columns are read at once: whole chunks, about a block's bytes. */
function tileWidth(rows: number, chunkColumns: number, bytes: number): number {
  const fitting = Math.floor(BLOCK_BYTES / (rows * bytes));
  return Math.max(1, Math.floor(fitting / chunkColumns)) * chunkColumns;
}
