import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg, Transposed } from "#app/linalg/linalg.ts";
import {
  addDiagonal,
  lessOffsets,
  type Matrix,
  matrixFrom,
  rowsInPlace,
  type Single,
  scaledColumns,
  stackRows,
  sum,
  trace,
  transpose,
} from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { AlignSubject } from "./aligner.ts";
import { signsOf } from "./signed-columns.ts";
import { type Transform, toComponents } from "./transform.ts";

/**
 * A subject's samples X (T × V), centred, without loss in as few columns as there are samples: X = reduced · Bᵀ with B
 * orthonormal, B = Xᵀ · weights. Orthonormal maps of the one are orthonormal maps of the other (Richard et al. 2022).
 */
export interface ReducedSubject {
  readonly reduced: Matrix;
  /** The same in single precision, to go through until the model is found; null where that takes no time anyway. */
  readonly coarse: Single | null;
  /** null where there are no more voxels than samples: then X itself is `reduced`. */
  readonly weights: Matrix | null;
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
}

/** More numbers than this leave the second cache, and are read from memory each time that they are gone through. */
const IN_CACHE = 256 * 1024;

interface ProjectInput {
  readonly reduced: Matrix | Single;
  readonly response: Matrix;
  readonly nudge: number;
}

/** A subject's rows in the shared space by the orthonormal map that fits the response best. */
export interface Projected {
  /** T × k. */
  readonly projected: Matrix;
  /** Wᵀ over the reduced columns, k × r. */
  readonly factor: Matrix;
  /** ⟨W, XᵀS⟩: how much of the response the map takes up. */
  readonly agreement: number;
}

interface MapInput {
  readonly subject: ReducedSubject;
  readonly found: Projected;
  /** Null where the response fitted to is on its axes already. */
  readonly turn: Matrix | null;
}

/** A subject's way to the turned response, and their rows in it, T × k. */
export interface Mapped {
  readonly transform: Transform;
  readonly projected: Matrix;
}

/** A response on its principal axes, and the rotation (k × k) that took it there. */
export interface Rotated {
  readonly space: Matrix;
  readonly turn: Matrix;
}

interface StartInput {
  readonly reduced: readonly (Matrix | Single)[];
  readonly components: number;
}

export const srmTasks: TaskTable = {
  reduce: taskCode(reduce),
  start: taskCode(start),
  project: taskCode(project),
  rotate: taskCode(rotate),
  map: taskCode(mapOf),
};

export function* reduceAll(subjects: readonly AlignSubject[]): Staged<readonly ReducedSubject[]> {
  return (yield subjects.map(
    ({ samples }): Task => ({ name: "reduce", input: samples }),
  )) as readonly ReducedSubject[];
}

/** A first response, T × k: about the directions of time in which all subjects together vary most. */
export function* startResponse(subjects: readonly ReducedSubject[], components: number): Staged<Matrix> {
  const input: StartInput = { reduced: subjects.map(({ reduced, coarse }) => coarse ?? reduced), components };
  return ((yield [{ name: "start", input }]) as readonly [Matrix])[0];
}

/** How exactly a response is fitted to: one that is found, or one that is still to change, in single precision. */
export type Precision = "final" | "on the way";

/** Rounding of single precision moves what a model is measured by by less than this share. */
const COARSE = 1e-6;

/** How exactly to go on until a model changes by no more than a share of `tolerance`. */
export function precisionFor(tolerance: number): Precision {
  return tolerance >= COARSE ? "on the way" : "final";
}

/** Each subject's best map onto a response. `nudge` is added to the diagonal of XᵀS before, as BrainIAK does. */
export function* projectAll(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  nudge: number,
  precision: Precision = "final",
): Staged<readonly Projected[]> {
  return (yield subjects.map(({ reduced, coarse }): Task => {
    const samples = precision === "final" ? reduced : (coarse ?? reduced);
    const input: ProjectInput = { reduced: samples, response, nudge };
    return { name: "project", input };
  })) as readonly Projected[];
}

/** The response turned to its principal axes, so that its columns have an order and signs. */
export function* rotated(response: Matrix): Staged<Rotated> {
  return ((yield [{ name: "rotate", input: response }]) as readonly [Rotated])[0];
}

/** Each subject's way to a response that was turned after they were fitted to it. */
export function* mapAll(
  subjects: readonly ReducedSubject[],
  found: readonly Projected[],
  turn: Matrix | null,
): Staged<readonly Mapped[]> {
  return (yield subjects.map((subject, at): Task => {
    const input: MapInput = { subject, found: found[at] as Projected, turn };
    return { name: "map", input };
  })) as readonly Mapped[];
}

function reduce(linalg: Linalg, samples: Matrix): ReducedSubject {
  return reduceBoth(linalg, samples, null).subject;
}

/**
 * A subject's samples (T × V) as `ReducedSubject` says, and other rows of theirs (n × V), less the samples' means, over the
 * same columns: these are then as many as both have rows.
 */
export function reduceBoth(
  linalg: Linalg,
  samples: Matrix,
  others: Matrix | null,
): { readonly subject: ReducedSubject; readonly others: Matrix | null } {
  const { matrix: own, means: offset, squaredNorm } = linalg.centre(samples);
  const beside = others === null ? null : lessOffsets(others, offset);
  const centred = beside === null ? own : stackRows([own, beside]);
  if (centred.rows >= centred.columns) {
    const subject = {
      reduced: own,
      coarse: coarseOf(linalg, own),
      weights: null,
      centred: own,
      offset,
      squaredNorm,
    };
    return { subject, others: beside };
  }
  const { root, weights } = linalg.root(linalg.gram(centred), centred.columns);
  const reduced = rowsInPlace(root, 0, own.rows);
  return {
    subject: { reduced, coarse: coarseOf(linalg, reduced), weights, centred, offset, squaredNorm },
    others: beside === null ? null : rowsInPlace(root, own.rows, beside.rows),
  };
}

function coarseOf(linalg: Linalg, reduced: Matrix): Single | null {
  return reduced.data.length > IN_CACHE ? linalg.single(reduced) : null;
}

/** op(A) · op(B) in the precision of the samples among them; what comes of it is small. */
function through(linalg: Linalg, a: Matrix | Single, b: Matrix | Single, transposed: Transposed): Matrix {
  if (isDouble(a) && isDouble(b)) return linalg.multiply(a, b, transposed);
  const { rows, columns, data } = linalg.multiplySingle(asSingle(linalg, a), asSingle(linalg, b), transposed);
  return matrixFrom(rows, columns, data);
}

function isDouble(matrix: Matrix | Single): matrix is Matrix {
  return matrix.data instanceof Float64Array;
}

function asSingle(linalg: Linalg, matrix: Matrix | Single): Single {
  return isDouble(matrix) ? linalg.single(matrix) : matrix;
}

/** Two rounds of subspace iteration on the sum of all X·Xᵀ, from numbers that are always the same. */
function start(linalg: Linalg, { reduced, components }: StartInput): Matrix {
  const rows = (reduced[0] as Matrix | Single).rows;
  const random = randomOf(0, "start of a shared response");
  let response: Matrix = {
    rows,
    columns: components,
    data: Float64Array.from({ length: rows * components }, random.gaussian),
  };
  for (let round = 0; round < 2; round++) {
    const next = sum(
      reduced.map((one) => {
        const along = through(linalg, response, one, { left: true });
        return through(linalg, one, along, { right: true });
      }),
    );
    const { weights } = linalg.root(linalg.multiply(next, next, { left: true }), rows);
    // Of data without any variance there is nothing better than what it started with.
    if (weights.columns === 0) return response;
    response = linalg.multiply(next, weights);
  }
  return response;
}

function project(linalg: Linalg, { reduced, response, nudge }: ProjectInput): Projected {
  // (XᵀS)ᵀ, k × r: transposing the narrow matrix costs little.
  const cross = through(linalg, response, reduced, { left: true });
  addDiagonal(cross, nudge);
  const { factor, nuclearNorm } = polarFactor(linalg, cross);
  return {
    projected: through(linalg, reduced, factor, { right: true }),
    factor,
    agreement: nuclearNorm - nudge * trace(factor),
  };
}

function rotate(linalg: Linalg, response: Matrix): Rotated {
  const { vectors } = linalg.eigenSymmetric(linalg.multiply(response, response, { left: true }));
  const turned = linalg.multiply(response, vectors);
  const signs = signsOf(turned);
  const signed = (matrix: Matrix) => scaledColumns(matrix, (k) => signs[k] as number);
  return { space: signed(turned), turn: signed(vectors) };
}

/** The polar factor of (X'S·turn) is that of X'S, turned: the samples are not gone through again. */
function mapOf(linalg: Linalg, { subject, found, turn }: MapInput): Mapped {
  const { weights, centred, offset } = subject;
  const factor = turn === null ? found.factor : linalg.multiply(turn, found.factor, { left: true });
  const projected = turn === null ? found.projected : linalg.multiply(found.projected, turn);
  const matrix =
    weights === null
      ? transpose(factor)
      : linalg.multiply(centred, linalg.multiply(weights, factor, { right: true }), { left: true });
  return { transform: toComponents(offset, matrix), projected };
}
