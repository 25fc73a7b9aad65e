import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

/** The arrays of one area of the golden numbers, or of their inputs. */
export function goldenArchive(area: string): Map<string, NpyArray> {
  return readNpz(readFileSync(join(sharedFolder ?? "", "data", "golden", `${area}.npz`)));
}

/** The matrices stored under a name: one array, a stack of them, or one a subject; none where there are none. */
export function stored(archive: Map<string, NpyArray>, name: string): Matrix[] {
  const single = archive.get(name);
  if (single !== undefined) return split(single);
  const found: Matrix[] = [];
  for (let at = 0; archive.has(`${name}_s${at}`); at++) {
    found.push(...split(archive.get(`${name}_s${at}`) as NpyArray));
  }
  return found;
}

function split({ shape, data }: NpyArray): Matrix[] {
  const [rows, width] = shape.slice(-2) as [number, number];
  const size = rows * width;
  return Array.from({ length: data.length / size }, (_, at) =>
    matrixFrom(rows, width, Array.from(data.slice(at * size, (at + 1) * size), Number)),
  );
}

/** Relative Frobenius distance over all matrices. */
export function relative(got: readonly Matrix[], wanted: readonly Matrix[]): number {
  let difference = 0;
  let total = 0;
  wanted.forEach((matrix, which) => {
    matrix.data.forEach((value, at) => {
      difference += (value - (got[which]?.data[at] ?? Number.NaN)) ** 2;
      total += value * value;
    });
  });
  return Math.sqrt(difference / total);
}
