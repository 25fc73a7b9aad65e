import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * One-way ANOVA F of each column (samples × voxels) over the labels, as PyMVPA's OneWayAnova: a voxel whose F is
 * not a number (constant, or without variance within the classes) gets 0.
 */
export function oneWayAnova(samples: Matrix, labels: ArrayLike<number>): Float64Array {
  const { rows, columns, data } = samples;
  const classes = [...new Set(Array.from(labels))];
  const classOf = Int32Array.from(labels, (label) => classes.indexOf(label));
  const counts = new Float64Array(classes.length);
  for (const which of classOf) counts[which] = (counts[which] as number) + 1;
  // Classes × columns. Row by row, as the samples lie in memory.
  const sums = new Float64Array(classes.length * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const first = (classOf[row] as number) * columns;
    for (let column = 0; column < columns; column++, at++) {
      sums[first + column] = (sums[first + column] as number) + (data[at] as number);
    }
  }
  const within = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const which = classOf[row] as number;
    const count = counts[which] as number;
    for (let column = 0; column < columns; column++, at++) {
      const away = (data[at] as number) - (sums[which * columns + column] as number) / count;
      within[column] = (within[column] as number) + away ** 2;
    }
  }
  return within.map((squares, column) => {
    let total = 0;
    for (let which = 0; which < classes.length; which++) total += sums[which * columns + column] as number;
    const mean = total / rows;
    let between = 0;
    for (let which = 0; which < classes.length; which++) {
      const count = counts[which] as number;
      between += count * ((sums[which * columns + column] as number) / count - mean) ** 2;
    }
    const f = between / (classes.length - 1) / (squares / (rows - classes.length));
    return Number.isNaN(f) ? 0 : f;
  });
}
