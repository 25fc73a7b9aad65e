import type { FitCourse } from "#app/contract/result.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { blendSpace, meanOf } from "./blend.ts";
import { componentReliability } from "./component-reliability.ts";
import type { ReducedSubject } from "./reduced-subject.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { RobustSrmParameters } from "./robust-srm-parameters.ts";
import {
  type Alone,
  centreAll,
  fitAlone,
  robustSrmTasks,
  type Shared,
  type Turned,
  turnAll,
} from "./robust-srm-tasks.ts";
import { firstProjections, settled } from "./shared-response.ts";
import { rotated } from "./srm-tasks.ts";
import type { Transform } from "./transform.ts";

/**
 * The robust shared response model (Turek et al. 2018): Σ ½‖X_i − R·W_iᵀ − E_i‖² + γ‖E_i‖₁ is made small by turns over
 * orthonormal W_i, sparse E_i (T × V) and R (T × k). Other samples of a subject go through W_i alone: a transform is
 * linear, and what is a subject's own there stays in, as in the first of the turns that the paper takes with them.
 */
export const robustSrm: Aligner<typeof RobustSrmParameters> = {
  name: "robust-srm",
  label: "Shared response model, robust",
  help: "The shared response model for data in which single moments of single subjects stand out, as by movement: what a subject's voxels do far beyond what is shared is set apart and pulls at nothing. Choose it where some recordings are less clean than others. Subjects may differ in their voxels; the common space has components, ordered by how much they vary.",
  references: ["turek2018", "chen2015"],
  parameters: RobustSrmParameters,
  makesComponents: () => true,
  tasks: robustSrmTasks,
  tasksOfFit: (subjects, { iterations }) => 3 * subjects + 3 + iterations * (subjects + 1),
  fit,
  addSubject,
};

/** The model after its last iteration. */
export interface RobustFit {
  readonly response: Matrix;
  /** What each subject's E is taken beside. */
  readonly shared: readonly Shared[];
  readonly course: FitCourse;
}

function* fit(subjects: readonly AlignSubject[], parameters: RobustSrmParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const centred = yield* centreAll(subjects);
  const start = yield* blendSpace(meanOf(yield* firstProjections(centred, parameters.components)), false);
  const { response, course } = yield* takeTurns(centred, start, parameters);
  const { space: commonSpace } = yield* rotated(response);
  const fitted = yield* fitAlone(centred, commonSpace, parameters, parameters.weighted);
  const weights = parameters.weighted
    ? componentReliability(fitted.map(({ projected }) => projected as Matrix))
    : new Float64Array(commonSpace.columns).fill(1);
  return {
    commonSpace,
    columns: { kind: "components", weights },
    transforms: fitted.map(({ transform }) => transform),
    course,
  };
}

/** By turns from a response (T × k) to start with, and nothing set apart. */
export function* takeTurns(
  subjects: readonly ReducedSubject[],
  start: Matrix,
  { gamma, iterations, tolerance }: Omit<RobustSrmParameters, "components" | "weighted">,
): Staged<RobustFit> {
  let response = start;
  let shared: readonly Shared[] = [];
  const values: number[] = [];
  do {
    const turned: readonly Turned[] = yield* turnAll(subjects, shared, response, gamma);
    shared = besideThat(turned, response);
    values.push(turned.reduce((sum, { cost }) => sum + cost, 0));
    response = yield* blendSpace(meanOf(turned.map(({ projected }) => projected)), false);
  } while (values.length < iterations && !settled(values, tolerance));
  return { response, shared, course: { quantity: "cost", values } };
}

function besideThat(turned: readonly Turned[], response: Matrix): readonly Shared[] {
  return turned.map(({ map }) => ({ map, response }));
}

function* addSubject(
  { commonSpace }: Alignment,
  subject: AlignSubject,
  parameters: RobustSrmParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const centred = yield* centreAll([subject]);
  return ((yield* fitAlone(centred, commonSpace, parameters, false))[0] as Alone).transform;
}
