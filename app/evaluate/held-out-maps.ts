import type { Maps } from "#app/contract/maps.ts";
import type { Values } from "#app/linalg/matrix.ts";
import type { FoldOutcome } from "./evaluate-fold.ts";
import { codesOf, type Evaluation, labelledRows, rowsIn } from "./evaluation.ts";
import { testedIn } from "./fold-rows.ts";
import { iscWith, leaveOneOutIsc } from "./isc/isc.ts";
import { shownRows } from "./shown-rows.ts";

/** The arrays of the Results folder's maps, in the layouts of `mapFiles`. */
export interface HeldOutMaps {
  readonly conditions: Maps["conditions"];
  /** The rows of `align` shown, in the order of the time courses. */
  readonly rows: readonly number[];
  /** How many of them are of each part of a run, in order. */
  readonly runLengths: readonly number[];
  readonly before: MapArrays;
  readonly after: MapArrays | null;
}

export interface MapArrays {
  readonly patterns: Float32Array;
  readonly isc: Float32Array;
  readonly timeCourses: Float32Array;
  /** As the time courses, of the sum of the others in the space of each subject; null where all share one. */
  readonly others: Float32Array | null;
}

/**
 * Patterns, ISC and time courses of the held-out rows of all folds, before and after each fold's alignment. NaN
 * where a fold's common space lacks the voxel. Of folds with a newcomer each gives that subject's, compared with the others
 * in the space that was made without them.
 */
export function heldOutMaps(evaluation: Evaluation, outcomes: readonly FoldOutcome[]): HeldOutMaps {
  const { folds, align, classify, classes } = evaluation;
  const { rows: shown, runLengths, startOf } = shownRows(evaluation);
  const shape = {
    subjects: align.subjects.length,
    voxels: align.subjects[0]?.columns ?? 0,
    rows: shown.length,
    conditions: classes.length,
  };
  const before = new Collector(shape, false);
  const apart = folds.some(({ newcomer }) => newcomer !== null);
  const after = outcomes.every(({ heldOut }) => heldOut !== null) ? new Collector(shape, apart) : null;
  for (const [at, fold] of folds.entries()) {
    const start = startOf(fold);
    const rows = rowsIn(align, fold.held);
    const held = labelledRows(evaluation, fold.held);
    for (const subject of testedIn(evaluation, fold)) {
      const codes = codesOf(evaluation, subject, held);
      before.addRows(subject, start, wholeRows(align.subjects[subject] as Values, rows), null);
      before.addPatterns(subject, codes, wholeRows(classify.subjects[subject] as Values, held), null);
      const heldOut = outcomes[at]?.heldOut;
      if (after === null || !heldOut) continue;
      after.addRows(subject, start, heldOut.shown[subject] as Float32Array, heldOut.voxels);
      after.addPatterns(subject, codes, heldOut.classified[subject] as Float32Array, heldOut.voxels);
      if (!apart) continue;
      const others = heldOut.shown.filter((_, other) => other !== subject);
      after.addOthers(subject, start, summed(others), heldOut.voxels);
    }
  }
  return {
    conditions: classes,
    rows: shown,
    runLengths,
    before: before.arrays(),
    after: after?.arrays() ?? null,
  };
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
  /** As the time courses, of the sum of the others in the space of each subject; null where all share one. */
  readonly #others: Float32Array | null;

  constructor(shape: Shape, apart: boolean) {
    const { subjects, voxels, rows, conditions } = shape;
    this.#shape = shape;
    this.#timeCourses = new Float32Array(voxels * subjects * rows).fill(Number.NaN);
    this.#others = apart ? this.#timeCourses.slice() : null;
    this.#sums = new Float64Array(subjects * conditions * voxels);
    this.#counts = new Uint32Array(subjects * conditions * voxels);
  }

  /** values: rows × width, whose column c is voxel `voxels[c]` (or c). */
  addRows(subject: number, start: number, values: Float32Array, voxels: Int32Array | null): void {
    this.#put(this.#timeCourses, subject, start, values, voxels);
  }

  addOthers(subject: number, start: number, values: Float32Array, voxels: Int32Array): void {
    if (this.#others !== null) this.#put(this.#others, subject, start, values, voxels);
  }

  #put(
    to: Float32Array,
    subject: number,
    start: number,
    values: Float32Array,
    voxels: Int32Array | null,
  ): void {
    const width = voxels?.length ?? this.#shape.voxels;
    const { subjects, rows } = this.#shape;
    for (let at = 0; at < values.length; at++) {
      const column = at % width;
      const voxel = voxels === null ? column : (voxels[column] as number);
      const row = start + (at - column) / width;
      to[(voxel * subjects + subject) * rows + row] = values[at] as number;
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
      const own = this.#timeCourses.subarray(start, start + subjects * rows);
      const others = this.#others?.subarray(start, start + subjects * rows);
      const found = others === undefined ? leaveOneOutIsc(own, subjects) : iscWith(own, others, subjects);
      for (let subject = 0; subject < subjects; subject++) {
        isc[subject * voxels + voxel] = found[subject] as number;
      }
    }
    return { patterns, isc, timeCourses: this.#timeCourses, others: this.#others };
  }
}

function summed([first, ...others]: readonly Float32Array[]): Float32Array {
  const out = (first as Float32Array).slice();
  for (const values of others) {
    for (let at = 0; at < out.length; at++) out[at] = (out[at] as number) + (values[at] as number);
  }
  return out;
}

function wholeRows({ data, columns }: Values, rows: readonly number[]): Float32Array {
  const out = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    out.set(data.subarray(row * columns, (row + 1) * columns), at * columns);
  });
  return out;
}
