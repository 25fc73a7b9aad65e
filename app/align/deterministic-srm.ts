import type { FitCourse } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { blendSpace, blendTasks, meanOf } from "./blend.ts";
import type { ReducedSubject } from "./reduced-subject.ts";
import { addToResponse, beginModel, settled, sharedSpace, tasksOfModel } from "./shared-response.ts";
import { SrmParameters } from "./srm-parameters.ts";
import { precisionFor, projectAll, srmTasks } from "./srm-tasks.ts";

/**
 * The deterministic shared response model (Chen et al. 2015): least squares of X_i − S·W_iᵀ over orthonormal W_i, by
 * turns. What is made small is (1/2T)·Σ‖X_i − S·W_iᵀ‖².
 */
export const deterministicSrm: Aligner<typeof SrmParameters> = {
  name: "deterministic-srm",
  label: "Shared response model, deterministic",
  help: "The shared response model by least squares: a few time courses that all subjects share, each subject's patterns orthonormal, every subject's error counting alike. Simpler than the probabilistic one and much like it. Subjects may differ in their voxels; the common space has components, ordered by how much they vary.",
  references: ["chen2015", "richard2019"],
  parameters: SrmParameters,
  makesComponents: () => true,
  tasks: { ...srmTasks, ...blendTasks },
  // The mean of the start, and the maps to the last response.
  tasksOfFit: (subjects, parameters) => tasksOfModel(subjects, parameters) + 1 + subjects,
  fit,
  addSubject: addToResponse,
};

function* fit(subjects: readonly AlignSubject[], parameters: SrmParameters): Staged<Alignment> {
  const { reduced, projected } = yield* beginModel(subjects, parameters);
  const model = yield* alternate(reduced, projected, parameters);
  const found = yield* projectAll(reduced, model.response, 0);
  return yield* sharedSpace(reduced, { ...model, found }, parameters);
}

/** By turns from projections (T × k each) to start with. `nudge`: see `projectAll`. */
export function* alternate(
  subjects: readonly ReducedSubject[],
  start: readonly Matrix[],
  { iterations, tolerance }: Pick<SrmParameters, "iterations" | "tolerance">,
  nudge = 0,
): Staged<{ readonly response: Matrix; readonly course: FitCourse }> {
  const { rows } = start[0] as Matrix;
  const norms = subjects.reduce((sum, { squaredNorm }) => sum + squaredNorm, 0);
  let response = yield* blendSpace(meanOf(start), false);
  const values: number[] = [];
  do {
    const found = yield* projectAll(subjects, response, nudge, precisionFor(tolerance));
    response = yield* blendSpace(meanOf(found.map(({ projected }) => projected)), false);
    // With S the mean of all X_i·W_i, Σ⟨W_i, X_iᵀS⟩ = N·‖S‖².
    const explained = subjects.length * response.data.reduce((sum, value) => sum + value * value, 0);
    values.push((norms - explained) / (2 * rows));
  } while (values.length < iterations && !settled(values, tolerance));
  return { response, course: { quantity: "squared error", values } };
}
