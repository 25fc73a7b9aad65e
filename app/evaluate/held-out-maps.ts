import type { Maps } from "#app/contract/maps.ts";
import type { Values } from "#app/linalg/matrix.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import { type Evaluation, labelledRows, rowsOf } from "./evaluation.ts";
import { leaveOneOutIsc } from "./isc.ts";

/** The arrays of the Results folder's maps, in the layouts of `mapFiles`. */
export interface HeldOutMaps {
  readonly conditions: Maps["conditions"];
  /** The rows of `align` shown, in the order of the time courses. */
  readonly rows: readonly number[];
  readonly before: MapArrays;
  readonly after: MapArrays | null;
}

export interface MapArrays {
  readonly patterns: Float32Array;
  readonly isc: Float32Array;
  readonly timeCourses: Float32Array;
}

/**
 * Patterns, ISC and time courses of the held-out rows of all folds, before and after each fold's alignment. NaN
 * where a fold's common space lacks the voxel.
 */
export function heldOutMaps(evaluation: Evaluation, outcomes: readonly FoldOutcome[]): HeldOutMaps {
  const { folds, align, classify, classes } = evaluation;
  const shown = folds.flatMap((fold) => rowsOf(align.runs, fold.testRuns));
  const shape = {
    subjects: align.subjects.length,
    voxels: align.subjects[0]?.columns ?? 0,
    rows: shown.length,
    conditions: classes.length,
  };
  const before = new Collector(shape);
  const after = outcomes.every(({ heldOut }) => heldOut !== null) ? new Collector(shape) : null;
  let start = 0;
  for (const [at, fold] of folds.entries()) {
    const rows = rowsOf(align.runs, fold.testRuns);
    const held = labelledRows(evaluation, fold.testRuns);
    const codes = held.map((row) => evaluation.codes[row] as number);
    for (let subject = 0; subject < shape.subjects; subject++) {
      before.addRows(subject, start, wholeRows(align.subjects[subject] as Values, rows), null);
      before.addPatterns(subject, codes, wholeRows(classify.subjects[subject] as Values, held), null);
      const heldOut = outcomes[at]?.heldOut;
      if (after === null || !heldOut) continue;
      after.addRows(subject, start, heldOut.shown[subject] as Float32Array, heldOut.voxels);
      after.addPatterns(subject, codes, heldOut.classified[subject] as Float32Array, heldOut.voxels);
    }
    start += rows.length;
  }
  return { conditions: classes, rows: shown, before: before.arrays(), after: after?.arrays() ?? null };
}

interface Shape {
  readonly subjects: number;
  readonly voxels: number;
  readonly rows: number;
  readonly conditions: number;
}

/** Gathers held-out rows fold by fold. */
class Collector {
  readonly #shape: Shape;
  readonly #timeCourses: Float32Array;
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;

  constructor(shape: Shape) {
    const { subjects, voxels, rows, conditions } = shape;
    this.#shape = shape;
    this.#timeCourses = new Float32Array(voxels * subjects * rows).fill(Number.NaN);
    this.#sums = new Float64Array(subjects * conditions * voxels);
    this.#counts = new Uint32Array(subjects * conditions * voxels);
  }

  /** values: rows × width, whose column c is voxel `voxels[c]` (or c). */
  addRows(subject: number, start: number, values: Float32Array, voxels: Int32Array | null): void {
    const width = voxels?.length ?? this.#shape.voxels;
    const { subjects, rows } = this.#shape;
    for (let at = 0; at < values.length; at++) {
      const column = at % width;
      const voxel = voxels === null ? column : (voxels[column] as number);
      const row = start + (at - column) / width;
      this.#timeCourses[(voxel * subjects + subject) * rows + row] = values[at] as number;
    }
  }

  addPatterns(
    subject: number,
    codes: readonly number[],
    values: Float32Array,
    voxels: Int32Array | null,
  ): void {
    const width = voxels?.length ?? this.#shape.voxels;
    for (const [row, code] of codes.entries()) {
      const base = (subject * this.#shape.conditions + code) * this.#shape.voxels;
      for (let column = 0; column < width; column++) {
        const at = base + (voxels === null ? column : (voxels[column] as number));
        this.#sums[at] = (this.#sums[at] as number) + (values[row * width + column] as number);
        this.#counts[at] = (this.#counts[at] as number) + 1;
      }
    }
  }

  arrays(): MapArrays {
    const { subjects, voxels, rows } = this.#shape;
    const patterns = Float32Array.from(this.#sums, (sum, at) => {
      const count = this.#counts[at] as number;
      return count === 0 ? Number.NaN : sum / count;
    });
    const isc = new Float32Array(subjects * voxels);
    for (let voxel = 0; voxel < voxels; voxel++) {
      const start = voxel * subjects * rows;
      const found = leaveOneOutIsc(this.#timeCourses.subarray(start, start + subjects * rows), subjects);
      for (let subject = 0; subject < subjects; subject++) {
        isc[subject * voxels + voxel] = found[subject] as number;
      }
    }
    return { patterns, isc, timeCourses: this.#timeCourses };
  }
}

function wholeRows({ data, columns }: Values, rows: readonly number[]): Float32Array {
  const out = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    out.set(data.subarray(row * columns, (row + 1) * columns), at * columns);
  });
  return out;
}
