import { identity, type Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import type { ReducedSubject } from "./reduced-subject.ts";
import {
  addToResponse,
  beginModel,
  type SharedResponse,
  settled,
  sharedSpace,
  tasksOfModel,
} from "./shared-response.ts";
import { type Expected, expectResponse, noiseOf, type SrmState, srmModelTasks } from "./srm-model.ts";
import { SrmParameters } from "./srm-parameters.ts";
import { type Projected, precisionFor, projectAll, srmTasks } from "./srm-tasks.ts";

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
  makesComponents: () => true,
  tasks: { ...srmTasks, ...srmModelTasks },
  // The maps to the last response.
  tasksOfFit: (subjects, parameters) => tasksOfModel(subjects, parameters) + subjects,
  fit,
  addSubject: addToResponse,
};

/** The model after its last iteration. */
export interface SrmFit extends SharedResponse {
  readonly state: SrmState;
}

function* fit(subjects: readonly AlignSubject[], parameters: SrmParameters): Staged<Alignment> {
  const { reduced, projected } = yield* beginModel(subjects, parameters);
  const model = yield* expectAndMaximise(reduced, projected, parameters);
  const found = yield* projectAll(reduced, model.response, 0);
  return yield* sharedSpace(reduced, { ...model, found }, parameters);
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
  const voxels = subjects.map((subject) => subject.voxels);
  let projected = start;
  let state: SrmState = { covariance: identity(k), noise: subjects.map(() => 1) };
  const values: number[] = [];
  let expected: Expected;
  let found: readonly Projected[];
  do {
    expected = yield* expectResponse({ projected, state, squaredNorms, voxels });
    values.push(expected.logLikelihood);
    found = yield* projectAll(subjects, expected.response, nudge, precisionFor(tolerance));
    projected = found.map((one) => one.projected);
    const noise = noiseOf(found, expected, rows, { squaredNorms, voxels });
    // Subjects that are all signal would have no noise at all, and its inverse no end.
    const least = noise.map((value, at) =>
      Math.max(value, (1e-10 * (squaredNorms[at] as number)) / (rows * (voxels[at] as number)), 1e-300),
    );
    state = { covariance: expected.covariance, noise: least };
  } while (values.length < iterations && !settled(values, tolerance));
  return { response: expected.response, found, state, course: { quantity: "log-likelihood", values } };
}
