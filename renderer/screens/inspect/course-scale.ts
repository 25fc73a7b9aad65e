import type { Maps } from "#app/contract/maps.ts";

const LEAST_END = 0.1;

/** One end for all courses, so that before and after can be compared by eye: the next whole unit of the first digit. */
export function courseEnd(...sides: readonly (Float32Array | null)[]): number {
  let most = LEAST_END;
  for (const courses of sides)
    for (const value of courses ?? []) if (Math.abs(value) > most) most = Math.abs(value);
  const unit = 10 ** Math.floor(Math.log10(most));
  return Number((Math.ceil(most / unit - 1e-6) * unit).toPrecision(2));
}

/** Whether rows can be placed by their seconds: one run, and later rows are later. */
export function areTimed(rows: Maps["rows"]): boolean {
  return (
    rows.length > 1 &&
    rows.every(({ run, onset }, row) => {
      const before = rows[row - 1];
      return before === undefined || (before.run === run && onset > before.onset);
    })
  );
}

/** The mean over the subjects of each row; NaN where one has none. */
export function meanCourse(courses: Float32Array, subjects: number): Float32Array {
  const rows = courses.length / subjects;
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let subject = 0; subject < subjects; subject++) sum += courses[subject * rows + row] as number;
    return sum / subjects;
  });
}

/** An SVG path through values, broken where they are NaN. */
export function coursePath(
  values: Float32Array,
  x: (row: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let down = false;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) down = false;
    else {
      path += `${down ? "L" : "M"}${x(row).toFixed(1)} ${y(value).toFixed(1)}`;
      down = true;
    }
  });
  return path;
}
