import { type Matrix, zeros } from "#app/linalg/matrix.ts";

/** The mean row of each class, classes × columns; every class has rows, and every row a class. */
export function meanPatterns<Label>(
  samples: Matrix,
  labels: readonly Label[],
  classes: readonly Label[],
): Matrix {
  const { columns } = samples;
  const out = zeros(classes.length, columns);
  const counts = new Int32Array(classes.length);
  labels.forEach((label, row) => {
    const at = classes.indexOf(label);
    counts[at] = (counts[at] as number) + 1;
    for (let column = 0; column < columns; column++) {
      const to = at * columns + column;
      out.data[to] = (out.data[to] as number) + (samples.data[row * columns + column] as number);
    }
  });
  for (let which = 0, at = 0; which < classes.length; which++) {
    const count = counts[which] as number;
    for (let column = 0; column < columns; column++, at++) out.data[at] = (out.data[at] as number) / count;
  }
  return out;
}
