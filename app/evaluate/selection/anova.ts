import type { Values } from "#app/linalg/matrix.ts";
import { range } from "#app/linalg/vector.ts";

/**
 * One-way ANOVA F of each column (samples × voxels) over the labels, as PyMVPA's OneWayAnova: a voxel whose F is
 * not a number (constant, or without variance within the classes) gets 0.
 */
export function oneWayAnova(
  { rows, columns, data }: Values,
  labels: ArrayLike<number>,
  /** Where the samples with these labels stand; all of them in order where nothing is said. */
  among: ArrayLike<number> = range(0, rows),
): Float64Array {
  const classes = [...new Set(Array.from(labels))];
  const classOf = Int32Array.from(labels, (label) => classes.indexOf(label));
  const counts = new Float64Array(classes.length);
  for (const which of classOf) counts[which] = (counts[which] as number) + 1;
  // Classes × columns. Row by row, as the samples lie in memory, and in plain loops: selections are made by the thousand.
  const means = new Float64Array(classes.length * columns);
  for (let row = 0; row < classOf.length; row++) {
    const own = (among[row] as number) * columns;
    const first = (classOf[row] as number) * columns;
    for (let column = 0; column < columns; column++) {
      means[first + column] = (means[first + column] as number) + (data[own + column] as number);
    }
  }
  const centres = new Float64Array(columns);
  for (let which = 0, at = 0; which < classes.length; which++) {
    const count = counts[which] as number;
    for (let column = 0; column < columns; column++, at++) {
      const sum = means[at] as number;
      centres[column] = (centres[column] as number) + sum;
      means[at] = sum / count;
    }
  }
  const within = new Float64Array(columns);
  for (let row = 0; row < classOf.length; row++) {
    const own = (among[row] as number) * columns;
    const first = (classOf[row] as number) * columns;
    for (let column = 0; column < columns; column++) {
      const away = (data[own + column] as number) - (means[first + column] as number);
      within[column] = (within[column] as number) + away * away;
    }
  }
  const between = new Float64Array(columns);
  for (let which = 0, at = 0; which < classes.length; which++) {
    const count = counts[which] as number;
    for (let column = 0; column < columns; column++, at++) {
      const away = (means[at] as number) - (centres[column] as number) / classOf.length;
      between[column] = (between[column] as number) + count * away * away;
    }
  }
  const scores = between;
  for (let column = 0; column < columns; column++) {
    const explained = (between[column] as number) / (classes.length - 1);
    const f = explained / ((within[column] as number) / (classOf.length - classes.length));
    scores[column] = Number.isNaN(f) ? 0 : f;
  }
  return scores;
}
