import { z } from "zod";
import type { FitCourse } from "#app/contract/result.ts";
import type { LogisticModel } from "#app/linalg/logistic-model.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { blendSpace, blendTasks, meanOf } from "./blend.ts";
import {
  type Balance,
  type LedSubject,
  leadAll,
  ledTasks,
  noPlanes,
  type Planes,
  planesOf,
  reduceAllLed,
} from "./led-subjects.ts";
import { refuseOtherRows } from "./refuse-unfit.ts";
import { addToResponse, firstMaps, settled, sharedSpace, tasksOfModel } from "./shared-response.ts";
import { SrmParameters } from "./srm-parameters.ts";
import { type Projected, srmTasks } from "./srm-tasks.ts";

const SemiSupervisedParameters = SrmParameters.extend({
  alpha: z
    .number()
    .min(0)
    .max(0.9999)
    .default(0.5)
    .meta({
      title: "Alpha",
      description:
        "How much it counts that conditions are told apart, beside how well the shared response says the samples. 0: the shared response alone.",
      tries: [0.1, 0.5, 0.9, 0.99],
    }),
  gamma: z
    .number()
    .min(0.0001)
    .max(10_000)
    .default(1)
    .meta({
      title: "Gamma",
      description:
        "How strongly the planes between conditions are held back: the larger, the simpler they are.",
      tries: [0.01, 0.1, 1, 10],
    }),
});
type SemiSupervisedParameters = z.output<typeof SemiSupervisedParameters>;

/**
 * The semi-supervised shared response model (Turek et al. 2017): (1 − α)·(1/2T)·Σ‖X_i − S·W_iᵀ‖² + α/γ · (mean over
 * each subject's labelled rows of −log p(label), by multinomial logistic regression in the shared space) + ½‖θ‖², by
 * turns over orthonormal W_i, S and the planes θ.
 */
export const semiSupervisedSrm: Aligner<typeof SemiSupervisedParameters> = {
  name: "semi-supervised-srm",
  label: "Shared response model, semi-supervised",
  help: "The shared response model, led by the conditions of the samples that are aligned on: subjects' patterns are chosen so that the shared time courses say the samples well and conditions are told apart in the shared space. It sees labels of the rows to align on, never of those to test. Choose it where movies are aligned on and the runs aligned on hold labelled conditions too. Without any it is the deterministic model; a subject who is added later comes by the response alone.",
  references: ["turek2017", "chen2015"],
  parameters: SemiSupervisedParameters,
  makesComponents: () => true,
  usesLabels: true,
  tasks: { ...srmTasks, ...blendTasks, ...ledTasks },
  // The planes and the mean of the start, planes after each iteration, and the maps to the last response.
  tasksOfFit: (subjects, parameters) =>
    tasksOfModel(subjects, parameters) + 2 + parameters.iterations + subjects,
  fit,
  addSubject: addToResponse,
};

function* fit(subjects: readonly AlignSubject[], parameters: SemiSupervisedParameters): Staged<Alignment> {
  refuseOtherRows(subjects.map(({ samples }) => samples));
  const led = yield* reduceAllLed(subjects);
  const models = led.map(({ model }) => model);
  const start = yield* firstMaps(models, parameters.components);
  const model = yield* alternateLed(led, start, parameters);
  const found = yield* leadTo(model.response, led, model, parameters);
  return yield* sharedSpace(models, { ...model, found }, parameters);
}

/** Every subject's map from the one found before to a response. */
function leadTo(
  response: Matrix,
  subjects: readonly LedSubject[],
  { found, planes }: { readonly found: readonly Projected[]; readonly planes: LogisticModel },
  { alpha, gamma }: Balance,
): Staged<readonly Projected[]> {
  return leadAll(
    subjects.map((subject, at) => {
      const { factor } = found[at] as Projected;
      return { subject, response, factor, planes, alpha, gamma };
    }),
  );
}

/** By turns from maps to start with. */
export function* alternateLed(
  subjects: readonly LedSubject[],
  start: readonly Projected[],
  { iterations, tolerance, alpha, gamma }: Balance & Pick<SrmParameters, "iterations" | "tolerance">,
): Staged<{
  readonly response: Matrix;
  readonly found: readonly Projected[];
  readonly planes: LogisticModel;
  readonly course: FitCourse;
}> {
  let found = start;
  const meanResponse = () => blendSpace(meanOf(found.map(({ projected }) => projected)), false);
  const planesFrom = (planes: LogisticModel) =>
    planesOf({
      subjects: subjects.map(({ coded }, at) => ({ coded, factor: (found[at] as Projected).factor })),
      planes,
      alpha,
      gamma,
    });
  let response = yield* meanResponse();
  let planes: Planes = yield* planesFrom(noPlanes(subjects, response.columns));
  const norms = subjects.reduce((sum, { model }) => sum + model.squaredNorm, 0);
  const values: number[] = [];
  do {
    found = yield* leadTo(response, subjects, { found, planes: planes.model }, { alpha, gamma });
    response = yield* meanResponse();
    planes = yield* planesFrom(planes.model);
    const explained = subjects.length * response.data.reduce((sum, value) => sum + value * value, 0);
    values.push(((1 - alpha) * (norms - explained)) / (2 * response.rows) + planes.loss);
  } while (values.length < iterations && !settled(values, tolerance));
  const course = { quantity: "squared error and loss of labels", values };
  return { response, found, planes: planes.model, course };
}
