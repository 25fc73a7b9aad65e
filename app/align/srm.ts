import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject, FitCourse } from "./aligner.ts";
import { componentReliability } from "./component-reliability.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { type Expected, expectResponse, noiseOf, type SrmState, srmModelTasks } from "./srm-model.ts";
import { SrmParameters } from "./srm-parameters.ts";
import {
  mapAll,
  projectAll,
  type ReducedSubject,
  reduceAll,
  rotated,
  srmTasks,
  startResponse,
} from "./srm-tasks.ts";
import type { Transform } from "./transform.ts";

/**
 * The probabilistic shared response model (Chen et al. 2015) by expectation and maximisation: x = W_i·s + noise, with
 * orthonormal W_i, s ~ N(0, Σ) and noise of variance ρ_i². It works on samples reduced without loss (Richard et al.
 * 2022), centres data, squares and all, and turns the response to its principal axes in the end.
 */
export const srm: Aligner<typeof SrmParameters> = {
  name: "srm",
  label: "Shared response model",
  help: "Finds a few time courses that all subjects share and, in each subject, the orthonormal patterns over voxels that carry them, as a model with noise of each subject's own. Subjects may differ in their voxels. Choose it for films and stories, where it is widely used. The common space has components, ordered by how much they vary.",
  references: ["chen2015", "richard2019"],
  parameters: SrmParameters,
  tasks: { ...srmTasks, ...srmModelTasks },
  tasksOfFit: (subjects, { iterations }) => iterations * (subjects + 1) + 2 * subjects + 2,
  fit,
  addSubject: addToResponse,
};

/** The model after its last iteration. */
export interface SrmFit {
  readonly response: Matrix;
  readonly state: SrmState;
  readonly course: FitCourse;
}

function* fit(subjects: readonly AlignSubject[], parameters: SrmParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reduced = yield* reduceAll(subjects);
  const components = fewest(reduced, parameters.components);
  const first = yield* startResponse(reduced, components);
  const projected = (yield* projectAll(reduced, first, 0)).map((one) => one.projected);
  const { response, course } = yield* expectAndMaximise(reduced, projected, parameters);
  return yield* sharedSpace(reduced, response, course, parameters);
}

/** EM from projections (T × k each) to start with. `nudge`: see `projectAll`. */
export function* expectAndMaximise(
  subjects: readonly ReducedSubject[],
  start: readonly Matrix[],
  { iterations, tolerance }: Pick<SrmParameters, "iterations" | "tolerance">,
  nudge = 0,
): Staged<SrmFit> {
  const { rows, columns: k } = start[0] as Matrix;
  const squaredNorms = subjects.map(({ squaredNorm }) => squaredNorm);
  const voxels = subjects.map(({ centred }) => centred.columns);
  let projected = start;
  let state: SrmState = { covariance: identity(k), noise: subjects.map(() => 1) };
  const values: number[] = [];
  let expected: Expected;
  do {
    expected = yield* expectResponse({ projected, state, squaredNorms, voxels });
    values.push(expected.logLikelihood);
    const found = yield* projectAll(subjects, expected.response, nudge);
    projected = found.map((one) => one.projected);
    const noise = noiseOf(found, expected, rows, { squaredNorms, voxels });
    // Subjects that are all signal would have no noise at all, and its inverse no end.
    const least = noise.map((value, at) =>
      Math.max(value, (1e-10 * (squaredNorms[at] as number)) / (rows * (voxels[at] as number)), 1e-300),
    );
    state = { covariance: expected.covariance, noise: least };
  } while (values.length < iterations && !settled(values, tolerance));
  return { response: expected.response, state, course: { quantity: "log-likelihood", values } };
}

/** Whether the last step changed so little. */
export function settled(values: readonly number[], tolerance: number): boolean {
  const [before, last] = [values.at(-2), values.at(-1)];
  if (before === undefined || last === undefined) return false;
  return Math.abs(last - before) <= tolerance * Math.abs(last);
}

/** The response on its principal axes, and each subject's map to it. */
export function* sharedSpace(
  subjects: readonly ReducedSubject[],
  response: Matrix,
  course: FitCourse,
  { weighted }: Pick<SrmParameters, "weighted">,
): Staged<Alignment> {
  const commonSpace = yield* rotated(response);
  const transforms = yield* mapAll(subjects, commonSpace);
  const weights = weighted
    ? componentReliability((yield* projectAll(subjects, commonSpace, 0)).map(({ projected }) => projected))
    : new Float64Array(commonSpace.columns).fill(1);
  return { commonSpace, columns: { kind: "components", weights }, transforms, course };
}

export function* addToResponse({ commonSpace }: Alignment, subject: AlignSubject): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const reduced = yield* reduceAll([subject]);
  return (yield* mapAll(reduced, commonSpace))[0] as Transform;
}

/** No subject can have more orthonormal patterns than it has directions. */
export function fewest(subjects: readonly ReducedSubject[], components: number): number {
  return Math.max(
    1,
    Math.min(components, ...subjects.map(({ reduced }) => Math.min(reduced.rows, reduced.columns))),
  );
}

function identity(size: number): Matrix {
  const out = zeros(size, size);
  for (let at = 0; at < size; at++) out.data[at * (size + 1)] = 1;
  return out;
}
