import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, stackRows, zeros } from "#app/linalg/matrix.ts";
import { unitRows } from "../correlations.ts";
import { meanPatterns } from "../mean-patterns.ts";

/** Rows of each subject in columns that correspond, and the class of each, from 0. */
export interface LabelledPatterns {
  readonly subjects: readonly Matrix[];
  readonly codes: readonly (readonly number[])[];
  readonly classes: number;
}

/**
 * The correlation of every subject's mean pattern of every class with every other's, (S·K) × (S·K), subject by subject; NaN of
 * a class without rows and of a flat pattern.
 */
export function patternCorrelations(linalg: Linalg, { subjects, codes, classes }: LabelledPatterns): Matrix {
  const present = [...new Set(codes[0] ?? [])].sort((a, b) => a - b);
  const patterns = stackRows(
    subjects.map((rows, at) => meanPatterns(rows, codes[at] as readonly number[], present)),
  );
  const found = linalg.gram(unitRows(patterns));
  const places = subjects.flatMap((_, at) => present.map((code) => at * classes + code));
  const out = zeros(subjects.length * classes, subjects.length * classes);
  out.data.fill(Number.NaN);
  for (const [row, to] of places.entries()) {
    for (const [column, at] of places.entries()) {
      out.data[to * out.columns + at] = found.data[row * found.columns + column] as number;
    }
  }
  return out;
}

/** The mean of several, place by place, over those that have a value there; NaN where none has. */
export function meanOfThose(matrices: readonly Matrix[]): Matrix {
  const [first] = matrices as [Matrix];
  const out = zeros(first.rows, first.columns);
  for (let at = 0; at < out.data.length; at++) {
    let [sum, count] = [0, 0];
    for (const { data } of matrices) {
      const value = data[at] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    out.data[at] = sum / count;
  }
  return out;
}
