import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, type Matrix, trace, transpose, zeros } from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { AlignSubject } from "./aligner.ts";
import { signedColumns } from "./signed-columns.ts";
import { type Transform, toComponents } from "./transform.ts";

/**
 * A subject's samples X (T × V), centred, without loss in as few columns as there are samples: X = reduced · Bᵀ with B
 * orthonormal, B = Xᵀ · weights. Orthonormal maps of the one are orthonormal maps of the other (Richard et al. 2022).
 */
export interface ReducedSubject {
  readonly reduced: Matrix;
  /** null where there are no more voxels than samples: then X itself is `reduced`. */
  readonly weights: Matrix | null;
  readonly centred: Matrix;
  readonly offset: Float64Array;
  readonly squaredNorm: number;
}

interface ProjectInput {
  readonly reduced: Matrix;
  readonly response: Matrix;
  readonly nudge: number;
}

/** A subject's rows in the shared space by the orthonormal map that fits the response best. */
export interface Projected {
  /** T × k. */
  readonly projected: Matrix;
  /** ⟨W, XᵀS⟩: how much of the response the map takes up. */
  readonly agreement: number;
}

interface MapInput {
  readonly subject: ReducedSubject;
  readonly response: Matrix;
}

interface StartInput {
  readonly reduced: readonly Matrix[];
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
  const input: StartInput = { reduced: subjects.map(({ reduced }) => reduced), components };
  return ((yield [{ name: "start", input }]) as readonly [Matrix])[0];
}

/** Each subject's best map onto a response. `nudge` is added to the diagonal of XᵀS before, as BrainIAK does. */
export function* projectAll(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  nudge: number,
): Staged<readonly Projected[]> {
  return (yield subjects.map(({ reduced }): Task => {
    const input: ProjectInput = { reduced, response, nudge };
    return { name: "project", input };
  })) as readonly Projected[];
}

/** The response turned to its principal axes, so that its columns have an order and signs. */
export function* rotated(response: Matrix): Staged<Matrix> {
  return ((yield [{ name: "rotate", input: response }]) as readonly [Matrix])[0];
}

export function* mapAll(subjects: readonly ReducedSubject[], response: Matrix): Staged<readonly Transform[]> {
  return (yield subjects.map((subject): Task => {
    const input: MapInput = { subject, response };
    return { name: "map", input };
  })) as readonly Transform[];
}

function reduce(linalg: Linalg, samples: Matrix): ReducedSubject {
  const { matrix: centred, means: offset, squaredNorm } = linalg.centre(samples);
  if (samples.rows >= samples.columns)
    return { reduced: centred, weights: null, centred, offset, squaredNorm };
  const { root, weights } = linalg.root(linalg.gram(centred), samples.columns);
  return { reduced: root, weights, centred, offset, squaredNorm };
}

/** Two rounds of subspace iteration on the sum of all X·Xᵀ, from numbers that are always the same. */
function start(linalg: Linalg, { reduced, components }: StartInput): Matrix {
  const rows = (reduced[0] as Matrix).rows;
  const random = randomOf(0, "start of a shared response");
  let response: Matrix = {
    rows,
    columns: components,
    data: Float64Array.from({ length: rows * components }, random.gaussian),
  };
  for (let round = 0; round < 2; round++) {
    const next = zeros(rows, response.columns);
    for (const one of reduced) {
      const along = linalg.multiply(response, one, { left: true });
      linalg.addProduct(next, one, along, { right: true });
    }
    const { weights } = linalg.root(linalg.multiply(next, next, { left: true }), rows);
    // Of data without any variance there is nothing better than what it started with.
    if (weights.columns === 0) return response;
    response = linalg.multiply(next, weights);
  }
  return response;
}

function project(linalg: Linalg, { reduced, response, nudge }: ProjectInput): Projected {
  // (XᵀS)ᵀ, k × r: transposing the narrow matrix costs little.
  const cross = linalg.multiply(response, reduced, { left: true });
  addDiagonal(cross, nudge);
  const { factor, nuclearNorm } = polarFactor(linalg, cross);
  return {
    projected: linalg.multiply(reduced, factor, { right: true }),
    agreement: nuclearNorm - nudge * trace(factor),
  };
}

function rotate(linalg: Linalg, response: Matrix): Matrix {
  const { vectors } = linalg.eigenSymmetric(linalg.multiply(response, response, { left: true }));
  return signedColumns(linalg.multiply(response, vectors));
}

function mapOf(linalg: Linalg, { subject, response }: MapInput): Transform {
  const { reduced, weights, centred, offset } = subject;
  const { factor } = polarFactor(linalg, linalg.multiply(response, reduced, { left: true }));
  const matrix =
    weights === null
      ? transpose(factor)
      : linalg.multiply(centred, linalg.multiply(weights, factor, { right: true }), { left: true });
  return toComponents(offset, matrix);
}
