import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  addDiagonal,
  lessOffsets,
  type Matrix,
  matrixFrom,
  negate,
  type Single,
  scaledColumns,
  sum,
  trace,
  transpose,
} from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { AlignSubject } from "./aligner.ts";
import { through, throughTwice } from "./coarse-products.ts";
import { type NamedSamples, type ReducedSubject, reduceBoth } from "./reduced-subject.ts";
import { signsOf } from "./signed-columns.ts";
import { type Transform, toComponents } from "./transform.ts";

interface ProjectInput {
  readonly reduced: Matrix | Single;
  readonly shift: Float64Array | null;
  /** What the map is then applied to, where that is not the same. */
  readonly coarse: Single | null;
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

/** `name` is how a sentence calls one who is alone. @throws Fault align/not-finite */
export function* reduceAll(
  subjects: readonly Pick<AlignSubject, "samples" | "rootOf">[],
  name?: string,
): Staged<readonly ReducedSubject[]> {
  return (yield subjects.map(({ samples, rootOf }, at): Task => {
    const named = { name: name ?? `subject ${at + 1}`, samples };
    const input: NamedSamples = rootOf === undefined ? named : { ...named, rootOf };
    return { name: "reduce", input };
  })) as readonly ReducedSubject[];
}

/** A first response, T × k: about the directions of time in which all subjects together vary most. */
export function* startResponse(subjects: readonly ReducedSubject[], components: number): Staged<Matrix> {
  const input: StartInput = { reduced: subjects.map(({ reduced, coarse }) => coarse ?? reduced), components };
  return ((yield [{ name: "start", input }]) as readonly [Matrix])[0];
}

/**
 * How exactly a response is fitted to. On the way it is still to change, and single precision serves. The last maps are made
 * in double, and single serves for what they make of the samples, from which nothing more is found.
 */
export type Precision = "exact" | "on the way" | "last maps";

/** Rounding of single precision moves what a model is measured by by less than this share. */
const COARSE = 1e-6;

/** How exactly to go on until a model changes by no more than a share of `tolerance`. */
export function precisionFor(tolerance: number): Precision {
  return tolerance >= COARSE ? "on the way" : "exact";
}

/** Each subject's best map onto a response. `nudge` is added to the diagonal of XᵀS before, as BrainIAK does. */
export function* projectAll(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  nudge: number,
  precision: Precision = "last maps",
): Staged<readonly Projected[]> {
  return (yield subjects.map(({ reduced, shift, coarse }): Task => {
    const exactly = { reduced, shift, coarse: precision === "last maps" ? coarse : null };
    const onTheWay = precision === "on the way" && coarse !== null;
    const given = onTheWay ? { reduced: coarse, shift: null, coarse: null } : exactly;
    const input: ProjectInput = { ...given, response, nudge };
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

function reduce(linalg: Linalg, subject: NamedSamples): ReducedSubject {
  return reduceBoth(linalg, subject, null).subject;
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
    const next = sum(reduced.map((one) => throughTwice(linalg, response, one)));
    const { weights } = linalg.weightedRoot(linalg.multiply(next, next, { left: true }), rows);
    // Of data without any variance there is nothing better than what it started with.
    if (weights.columns === 0) return response;
    response = linalg.multiply(next, weights);
  }
  return response;
}

function project(linalg: Linalg, { reduced, shift, coarse, response, nudge }: ProjectInput): Projected {
  // (XᵀS)ᵀ, k × r: transposing the narrow matrix costs little.
  const cross = through(linalg, response, reduced, { left: true });
  // What is not centred itself is centred in its products.
  const row = shift === null ? null : matrixFrom(1, shift.length, shift);
  if (row !== null) {
    const ones = matrixFrom(response.rows, 1, new Float64Array(response.rows).fill(1));
    linalg.addProduct(cross, negate(linalg.multiply(response, ones, { left: true })), row);
  }
  addDiagonal(cross, nudge);
  const { factor, nuclearNorm } = polarFactor(linalg, cross);
  const whole = through(linalg, coarse ?? reduced, factor, { right: true });
  const centred = coarse !== null || row === null;
  return {
    projected: centred ? whole : lessOffsets(whole, linalg.multiply(row, factor, { right: true }).data),
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
