import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * One-way ANOVA F of each column (samples × voxels) over the labels, as PyMVPA's OneWayAnova: a voxel whose F is
 * not a number (constant, or without variance within the classes) gets 0.
 */
export function oneWayAnova(samples: Matrix, labels: ArrayLike<number>): Float64Array {
  const classes = [...new Set(Array.from(labels))];
  const scores = new Float64Array(samples.columns);
  const sums = new Float64Array(classes.length);
  const counts = new Float64Array(classes.length);
  const classOf = Int32Array.from(labels, (label) => classes.indexOf(label));
  for (const which of classOf) counts[which] = (counts[which] as number) + 1;
  for (let column = 0; column < samples.columns; column++) {
    const value = (row: number) => samples.data[row * samples.columns + column] as number;
    sums.fill(0);
    for (let row = 0; row < samples.rows; row++) {
      const which = classOf[row] as number;
      sums[which] = (sums[which] as number) + value(row);
    }
    const mean = sums.reduce((total, sum) => total + sum, 0) / samples.rows;
    let between = 0;
    for (let which = 0; which < classes.length; which++) {
      const count = counts[which] as number;
      between += count * ((sums[which] as number) / count - mean) ** 2;
    }
    let within = 0;
    for (let row = 0; row < samples.rows; row++) {
      const which = classOf[row] as number;
      within += (value(row) - (sums[which] as number) / (counts[which] as number)) ** 2;
    }
    const f = between / (classes.length - 1) / (within / (samples.rows - classes.length));
    scores[column] = Number.isNaN(f) ? 0 : f;
  }
  return scores;
}
