import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, rowsInPlace, zeros } from "#app/linalg/matrix.ts";
import type { Random } from "#app/linalg/random.ts";
import { columnSums } from "#app/linalg/vector.ts";

/**
 * The correlation of each column of one matrix with the same of another, spread over the frequencies of their parts: r is
 * `fixed` and the sum of terms, each times the cosine or the sine of the phase by which its frequency of the first is turned.
 * Turning phases at random, or all as a shift in time would, draws from a null distribution without any transform back.
 */
export interface CrossSpectrum {
  /** 2K × V: of each frequency of each part a row for its cosine and one for its sine. */
  readonly terms: Matrix;
  /** V; NaN where a column does not vary or is not a number everywhere. */
  readonly fixed: Float64Array;
}

/** own and others: T × V, of parts of so many rows in order. Discrete Fourier transforms as products of matrices. */
export function crossSpectrum(
  linalg: Linalg,
  own: Matrix,
  others: Matrix,
  runLengths: readonly number[],
): CrossSpectrum {
  const [x, y] = [centred(own), centred(others)];
  const norms = x.norms.map((norm, column) => norm * (y.norms[column] as number));
  const { columns } = own;
  const terms = zeros(
    runLengths.reduce((sum, rows) => sum + 2 * frequenciesOf(rows), 0),
    columns,
  );
  const fixed = new Float64Array(columns);
  let [first, to] = [0, 0];
  for (const rows of runLengths) {
    const { cosine, sine } = waves(rows);
    const [a, b] = [rowsInPlace(x.matrix, first, rows), rowsInPlace(y.matrix, first, rows)];
    const [cosA, sinA, cosB, sinB] = [
      linalg.multiply(cosine, a),
      linalg.multiply(sine, a),
      linalg.multiply(cosine, b),
      linalg.multiply(sine, b),
    ];
    addMeans(fixed, a, b);
    for (let k = 0; k < cosine.rows; k++) {
      // The highest frequency of an even number of rows comes once, all others come twice.
      const times = (2 * (k + 1) === rows ? 1 : 2) / rows;
      for (let column = 0, at = k * columns; column < columns; column++, at++) {
        const [ca, sa, cb, sb] = [cosA.data[at], sinA.data[at], cosB.data[at], sinB.data[at]] as [
          number,
          number,
          number,
          number,
        ];
        const scale = times / (norms[column] as number);
        terms.data[(to + 2 * k) * columns + column] = scale * (ca * cb + sa * sb);
        terms.data[(to + 2 * k + 1) * columns + column] = scale * (sa * cb - ca * sb);
      }
    }
    first += rows;
    to += 2 * cosine.rows;
  }
  // 0 / 0 of a column that does not vary.
  return { terms, fixed: fixed.map((value, column) => value / (norms[column] as number)) };
}

/** The correlation by draws of phases, draws × V; NaN in columns that have none. */
export function turnedCorrelations(linalg: Linalg, { terms, fixed }: CrossSpectrum, phases: Matrix): Matrix {
  const out = linalg.multiply(phases, terms);
  for (let draw = 0, at = 0; draw < out.rows; draw++) {
    for (let column = 0; column < fixed.length; column++, at++) {
      out.data[at] = (out.data[at] as number) + (fixed[column] as number);
    }
  }
  return out;
}

/** Cosines and sines of phases drawn at random, or of a shift around the end of each part: a row of `turnedCorrelations`. */
export function drawnPhases(
  test: "phase-randomisation" | "time-shift",
  runLengths: readonly number[],
  random: Random,
): number[] {
  return runLengths.flatMap((rows) => {
    const shift = test === "time-shift" ? Math.floor(random.uniform() * rows) : 0;
    return Array.from({ length: frequenciesOf(rows) }, (_, k) => {
      // The highest frequency of an even number of rows has no phase of its own.
      const free = 2 * (k + 1) !== rows;
      const drawn = free ? 2 * Math.PI * random.uniform() : 0;
      const phase = test === "time-shift" ? (2 * Math.PI * (k + 1) * shift) / rows : drawn;
      return [Math.cos(phase), Math.sin(phase)];
    }).flat();
  });
}

/** Without the mean. */
function frequenciesOf(rows: number): number {
  return rows >> 1;
}

/** K × T: the cosine and the sine of each frequency at each row. */
function waves(rows: number): { readonly cosine: Matrix; readonly sine: Matrix } {
  const [cosine, sine] = [zeros(frequenciesOf(rows), rows), zeros(frequenciesOf(rows), rows)];
  for (let k = 0; k < cosine.rows; k++) {
    for (let row = 0; row < rows; row++) {
      // Of whole turns nothing is left to be rounded.
      const angle = (2 * Math.PI * (((k + 1) * row) % rows)) / rows;
      cosine.data[k * rows + row] = Math.cos(angle);
      sine.data[k * rows + row] = Math.sin(angle);
    }
  }
  return { cosine, sine };
}

/** The parts' means, which no phase turns: Σ own · Σ others / rows. */
function addMeans(fixed: Float64Array, a: Matrix, b: Matrix): void {
  const [sumsA, sumsB] = [columnSums(a), columnSums(b)];
  for (let column = 0; column < fixed.length; column++) {
    fixed[column] =
      (fixed[column] as number) + ((sumsA[column] as number) * (sumsB[column] as number)) / a.rows;
  }
}

function centred(matrix: Matrix): { readonly matrix: Matrix; readonly norms: Float64Array } {
  const means = columnSums(matrix).map((sum) => sum / matrix.rows);
  const less = lessOffsets(matrix, means);
  const squares = new Float64Array(matrix.columns);
  for (let at = 0; at < less.data.length; at++) {
    const column = at % matrix.columns;
    squares[column] = (squares[column] as number) + (less.data[at] as number) ** 2;
  }
  return { matrix: less, norms: squares.map(Math.sqrt) };
}
