import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject, FitCourse } from "./aligner.ts";
import { refuseUnfit } from "./refuse-unfit.ts";
import { addToResponse, fewest, settled, sharedSpace } from "./srm.ts";
import { SrmParameters } from "./srm-parameters.ts";
import { projectAll, type ReducedSubject, reduceAll, srmTasks, startResponse } from "./srm-tasks.ts";

const tasks: TaskTable = {
  ...srmTasks,
  mean: taskCode((linalg, projected: readonly Matrix[]) =>
    linalg.blend(
      projected,
      projected.map(() => 1 / projected.length),
      false,
    ),
  ),
};

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
  tasks,
  tasksOfFit: (subjects, { iterations }) => iterations * (subjects + 1) + 3 * subjects + 2,
  fit,
  addSubject: addToResponse,
};

function* fit(subjects: readonly AlignSubject[], parameters: SrmParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reduced = yield* reduceAll(subjects);
  const first = yield* startResponse(reduced, fewest(reduced, parameters.components));
  const projected = (yield* projectAll(reduced, first, 0)).map((one) => one.projected);
  const { response, course } = yield* alternate(reduced, projected, parameters);
  return yield* sharedSpace(reduced, response, course, parameters);
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
  let response = yield* meanOf(start);
  const values: number[] = [];
  do {
    const found = yield* projectAll(subjects, response, nudge);
    response = yield* meanOf(found.map(({ projected }) => projected));
    // With S the mean of all X_i·W_i, Σ⟨W_i, X_iᵀS⟩ = N·‖S‖².
    const explained = subjects.length * response.data.reduce((sum, value) => sum + value * value, 0);
    values.push((norms - explained) / (2 * rows));
  } while (values.length < iterations && !settled(values, tolerance));
  return { response, course: { quantity: "squared error", values } };
}

/** The mean of projections, T × k. */
export function* meanOf(projected: readonly Matrix[]): Staged<Matrix> {
  const task: Task = { name: "mean", input: projected };
  return ((yield [task]) as readonly [Matrix])[0];
}
