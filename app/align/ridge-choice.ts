import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, scaledColumns, takeRows } from "#app/linalg/matrix.ts";
import { columnDots } from "#app/linalg/vector.ts";

/** A fold of rows: those that a regression is fitted to, and those it is tried on. */
export interface RowFold {
  readonly fitted: Int32Array;
  readonly tried: Int32Array;
}

/** Blocks of consecutive rows, each tried once, the first longer where they can't be equal: scikit-learn's KFold. */
export function rowFolds(rows: number, count: number): RowFold[] {
  const folds = Math.min(count, rows);
  let from = 0;
  return Array.from({ length: folds }, (_, fold) => {
    const size = Math.floor(rows / folds) + (fold < rows % folds ? 1 : 0);
    const [first, end] = [from, from + size];
    from = end;
    const all = Array.from({ length: rows }, (_, row) => row);
    return {
      fitted: Int32Array.from(all.filter((row) => row < first || row >= end)),
      tried: Int32Array.from(all.slice(first, end)),
    };
  });
}

/**
 * A subject's samples in one fold, ready for regressions on any target: scores X·V of the rows fitted and tried, both
 * less the fitted rows' mean, along the principal axes V of the fitted rows; `squares` are their singular values squared.
 */
export interface FoldScores {
  readonly fitted: Matrix;
  readonly tried: Matrix;
  readonly squares: Float64Array;
}

/** A target's rows in one fold, T × T, as `targetGram` weighs them. */
export type FoldGram = Matrix;

/** X: T × V. By the smaller Gram matrix of the fitted rows. */
export function foldScores(linalg: Linalg, samples: Matrix, { fitted, tried }: RowFold): FoldScores {
  const { matrix, means } = linalg.centre(takeRows(samples, fitted));
  const others = lessOffsets(takeRows(samples, tried), means);
  if (matrix.rows > matrix.columns) {
    const { values, vectors } = linalg.eigenSymmetric(linalg.gram(linalg.transpose(matrix)));
    return {
      fitted: linalg.multiply(matrix, vectors),
      tried: linalg.multiply(others, vectors),
      squares: values.map((value) => Math.max(0, value)),
    };
  }
  const { values, vectors } = linalg.eigenSymmetric(linalg.gram(matrix));
  const squares = values.map((value) => Math.max(0, value));
  // Of directions without variance nothing is said: their scores are rounding.
  const cut = matrix.columns * Number.EPSILON * (squares[0] ?? 0);
  const kept = (k: number) => ((squares[k] as number) > cut ? Math.sqrt(squares[k] as number) : 0);
  const over = (k: number) => (kept(k) > 0 ? 1 / kept(k) : 0);
  const across = linalg.multiply(others, matrix, { right: true });
  return {
    fitted: scaledColumns(vectors, kept),
    tried: scaledColumns(linalg.multiply(across, vectors), over),
    squares,
  };
}

/**
 * Ỹ·Ỹᵀ (fitted rows, then tried ones) for Ỹ = (Y − its mean over fitted rows), each column divided by its standard
 * deviation over the tried rows: all that scores of regressions on Y depend on.
 */
export function targetGram(linalg: Linalg, target: Matrix, { fitted, tried }: RowFold): FoldGram {
  const { means } = linalg.centre(takeRows(target, fitted));
  const spread = linalg.centre(takeRows(target, tried)).matrix;
  const squares = columnDots(spread, spread);
  const rows = lessOffsets(takeRows(target, [...fitted, ...tried]), means);
  return linalg.gram(
    scaledColumns(rows, (column) => {
      const square = squares[column] as number;
      return square > 0 ? 1 / Math.sqrt(square) : 0;
    }),
  );
}

/**
 * The ridge, of those offered, whose regressions explain most of the rows tried: the mean over folds of the mean R² over
 * the target's columns, as scikit-learn's RidgeCV with folds. With P = Φ_tried·diag(d)·Φᵀ, d = 1/(squares + ridge), the
 * unexplained share is tr(Ỹ_t·Ỹ_tᵀ) − 2·tr(PᵀỸ_t·Ỹᵀ) + tr(P·ỸỸᵀ·Pᵀ), so that every ridge costs a pass over r × r.
 */
export function bestRidge(
  linalg: Linalg,
  scores: readonly FoldScores[],
  grams: readonly FoldGram[],
  ridges: readonly number[],
): number {
  const unexplained = new Float64Array(ridges.length);
  scores.forEach(({ fitted, tried, squares }, fold) => {
    const gram = grams[fold] as Matrix;
    const within = linalg.congruence(block(gram, 0, fitted.rows, 0, fitted.rows), fitted);
    const crossed = linalg.multiply(fitted, block(gram, 0, fitted.rows, fitted.rows, gram.rows), {
      left: true,
    });
    const over = linalg.gram(linalg.transpose(tried));
    const size = squares.length;
    const between = squares.map((_, row) => {
      let sum = 0;
      for (let at = 0; at < tried.rows; at++) {
        sum +=
          (crossed.data[row * tried.rows + at] as number) * (tried.data[at * tried.columns + row] as number);
      }
      return sum;
    });
    ridges.forEach((ridge, at) => {
      const damp = squares.map((square) => 1 / (square + ridge));
      let sum = 0;
      for (let row = 0; row < size; row++) {
        const start = row * size;
        let line = 0;
        for (let column = 0; column < size; column++) {
          const place = start + column;
          line += (damp[column] as number) * (within.data[place] as number) * (over.data[place] as number);
        }
        sum += (damp[row] as number) * (line - 2 * (between[row] as number));
      }
      unexplained[at] = (unexplained[at] as number) + sum;
    });
  });
  return ridges[unexplained.indexOf(Math.min(...unexplained))] as number;
}

function block(matrix: Matrix, top: number, bottom: number, left: number, right: number): Matrix {
  const data = new Float64Array((bottom - top) * (right - left));
  for (let row = top; row < bottom; row++) {
    const start = row * matrix.columns;
    data.set(matrix.data.subarray(start + left, start + right), (row - top) * (right - left));
  }
  return { rows: bottom - top, columns: right - left, data };
}
