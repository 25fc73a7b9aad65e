import { type Matrix, zeros } from "./matrix.ts";
import { range } from "./vector.ts";

/**
 * A sparse matrix by columns (CSC, as scipy.sparse.csc_array has it): column j holds `values[k]` in row `indices[k]` for
 * k from `starts[j]` up to `starts[j + 1]`, rows ascending.
 */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** A diagonal matrix. */
export function sparseDiagonal(values: Float64Array): SparseMatrix {
  const size = values.length;
  const starts = range(0, size + 1);
  return { rows: size, columns: size, starts, indices: starts.slice(0, size), values };
}

/** Some rows and the same columns, `places`, of a larger square matrix; places ascend. */
export interface PlacedPart {
  readonly places: Int32Array;
  readonly matrix: Matrix;
}

/**
 * The transpose of the size × size sum of parts, taken in the order they are added, without its zeros: what the parts have
 * by rows, it has by columns. A row is summed when all parts that have it are there, after which they are let go of: parts
 * take several times the memory of their sum. Row by row into one line of numbers, which stays in the cache: to ask of each
 * number whether its column was met before takes three times as long.
 */
export class TransposedSum {
  readonly #size: number;
  /** Of each row of the whole: how many parts are to come, those that came and in which row of theirs, and the sum. */
  readonly #expected: Int32Array;
  readonly #having: (PartRow[] | null)[];
  readonly #rows: SparseLine[];
  readonly #line: Float64Array;
  readonly #met: Int32Array;

  /** `places` are those of all parts that will be added. */
  constructor(size: number, places: readonly Int32Array[]) {
    this.#size = size;
    this.#expected = new Int32Array(size);
    for (const own of places)
      for (const place of own) this.#expected[place] = (this.#expected[place] as number) + 1;
    this.#having = Array.from({ length: size }, () => null);
    const empty = { indices: new Int32Array(), values: new Float64Array() };
    this.#rows = Array.from({ length: size }, () => empty);
    this.#line = new Float64Array(size);
    this.#met = new Int32Array(size);
  }

  add(part: PlacedPart): void {
    part.places.forEach((place, row) => {
      const having = this.#having[place] ?? [];
      having.push({ part, row });
      const left = (this.#expected[place] as number) - 1;
      this.#expected[place] = left;
      this.#having[place] = left === 0 ? null : having;
      if (left === 0) this.#rows[place] = this.#summed(having);
    });
  }

  /** @throws RangeError before all parts were added */
  sum(): SparseMatrix {
    if (this.#expected.some((left) => left > 0)) throw new RangeError("parts are missing from a sum");
    return stacked(this.#size, this.#rows);
  }

  #summed(having: readonly PartRow[]): SparseLine {
    const [line, met] = [this.#line, this.#met];
    let [first, end] = [this.#size, 0];
    for (const { part, row } of having) {
      addLine(line, part, row);
      first = Math.min(first, part.places[0] as number);
      end = Math.max(end, (part.places.at(-1) as number) + 1);
    }
    let count = 0;
    for (let column = first; column < end; column++) {
      if (line[column] === 0) continue;
      met[count] = column;
      count += 1;
    }
    const indices = met.slice(0, count);
    const values = new Float64Array(count);
    for (let at = 0; at < count; at++) values[at] = line[indices[at] as number] as number;
    line.fill(0, first, end);
    return { indices, values };
  }
}

/** A part, and in which row of it a row of the whole lies. */
interface PartRow {
  readonly part: PlacedPart;
  readonly row: number;
}

interface SparseLine {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

function addLine(line: Float64Array, { places, matrix: { columns, data } }: PlacedPart, row: number): void {
  const from = row * columns;
  for (let at = 0; at < columns; at++) {
    const column = places[at] as number;
    line[column] = (line[column] as number) + (data[from + at] as number);
  }
}

/** Sparse columns side by side. */
function stacked(rows: number, columns: readonly SparseLine[]): SparseMatrix {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach(({ values }, at) => {
    starts[at + 1] = (starts[at] as number) + values.length;
  });
  const count = starts[columns.length] as number;
  const [indices, values] = [new Int32Array(count), new Float64Array(count)];
  columns.forEach((own, at) => {
    indices.set(own.indices, starts[at]);
    values.set(own.values, starts[at]);
  });
  return { rows, columns: columns.length, starts, indices, values };
}

/** A · S for a dense A. */
export function timesSparse(a: Matrix, { columns, starts, indices, values }: SparseMatrix): Matrix {
  const out = zeros(a.rows, columns);
  for (let row = 0; row < a.rows; row++) {
    const from = row * a.columns;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      const end = starts[column + 1] as number;
      for (let at = starts[column] as number; at < end; at++) {
        sum += (a.data[from + (indices[at] as number)] as number) * (values[at] as number);
      }
      out.data[row * columns + column] = sum;
    }
  }
  return out;
}

/** Sᵀ. */
export function transposeSparse({ rows, columns, starts, indices, values }: SparseMatrix): SparseMatrix {
  const turned = new Int32Array(rows + 1);
  for (const row of indices) turned[row + 1] = (turned[row + 1] as number) + 1;
  for (let row = 0; row < rows; row++)
    turned[row + 1] = (turned[row + 1] as number) + (turned[row] as number);
  const filled = turned.slice(0, rows);
  const out = { indices: new Int32Array(indices.length), values: new Float64Array(values.length) };
  for (let column = 0; column < columns; column++) {
    for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
      const row = indices[at] as number;
      const to = filled[row] as number;
      out.indices[to] = column;
      out.values[to] = values[at] as number;
      filled[row] = to + 1;
    }
  }
  return { rows: columns, columns: rows, starts: turned, ...out };
}

/** All of it. */
export function denseOf({ rows, columns, starts, indices, values }: SparseMatrix): Matrix {
  const out = zeros(rows, columns);
  for (let column = 0; column < columns; column++) {
    const end = starts[column + 1] as number;
    for (let at = starts[column] as number; at < end; at++) {
      out.data[(indices[at] as number) * columns + column] = values[at] as number;
    }
  }
  return out;
}
