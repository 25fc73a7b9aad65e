import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type VoxelColumns,
  voxelColumns,
} from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { PromisesParameters } from "./promises-parameters.ts";
import { placesOf, refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { templateStart } from "./template-start.ts";
import { applyTransform, type Transform } from "./transform.ts";

interface FitInput {
  readonly samples: Matrix;
  readonly target: Blend;
  readonly prior: number;
  readonly reachMm: number;
  /** Of the subject's voxels and of the template's, V × 3 in mm. */
  readonly places: Float64Array;
  readonly targetPlaces: Float64Array;
}

const tasks: TaskTable = {
  ...blendTasks,
  transform: taskCode(fitPromises),
  move: taskCode((linalg, input: FitInput) =>
    applyTransform(linalg, fitPromises(linalg, input), input.samples),
  ),
};

/**
 * The ProMises model (Andreella & Finos 2022): generalised Procrustes analysis with a von Mises–Fisher prior on the
 * rotations, which prefers that a voxel goes to voxels near it. It has one solution even where there are fewer samples
 * than voxels.
 */
export const promises: Aligner<typeof PromisesParameters> = {
  name: "promises",
  label: "ProMises (Procrustes with a spatial prior)",
  help: "Generalised Procrustes analysis that knows where voxels lie: a rotation is preferred that takes a voxel to its neighbours. What few samples leave open is decided by anatomy. Choose it for regions with many voxels and few samples; the whole region's voxels are decomposed at once, so it takes long beyond a few thousand. The common space has voxels.",
  references: ["andreella2022", "gower1975"],
  parameters: PromisesParameters,
  tasks,
  tasksOfFit: (subjects, { iterations }) => subjects + tasksOfTemplateFit(subjects, iterations),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: PromisesParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const { columns, laid } = templateStart(subjects);
  const moveAll: MoveAll = function* (targets) {
    const inputs = subjects.map((subject, at) => inputOf(subject, targets[at] as Blend, columns, parameters));
    return (yield inputs.map((input): Task => ({ name: "move", input }))) as readonly Matrix[];
  };
  const template = yield* templateFit(laid, moveAll, { ...parameters, leaveOneOut: false, rescaled: true });
  const transforms = yield* onto(subjects, template.commonSpace, columns, parameters);
  return { ...template, columns, transforms };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  parameters: PromisesParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  return (yield* onto([subject], commonSpace, voxelColumns(columns), parameters))[0] as Transform;
}

function* onto(
  subjects: readonly AlignSubject[],
  space: Matrix,
  columns: VoxelColumns,
  parameters: PromisesParameters,
): Staged<readonly Transform[]> {
  const target: Blend = [{ space, weight: 1 }];
  return (yield subjects.map(
    (subject): Task => ({ name: "transform", input: inputOf(subject, target, columns, parameters) }),
  )) as readonly Transform[];
}

function inputOf(
  subject: AlignSubject,
  target: Blend,
  columns: VoxelColumns,
  { prior, reachMm }: PromisesParameters,
): FitInput {
  const [places, targetPlaces] = [placesOf(subject), placesOf(columns)];
  return { samples: subject.samples, target, prior, reachMm, places, targetPlaces };
}

/** The polar factor of AᵀC/(‖A‖·‖C‖) + prior · Q for samples A and template C, both centred: V × V_template. */
function fitPromises(linalg: Linalg, { samples, target, prior, ...near }: FitInput): Transform {
  const own = linalg.centre(samples);
  const template = linalg.centre(blend(linalg, target, false));
  const cross = linalg.multiply(own.matrix, template.matrix, { left: true });
  const norms = Math.sqrt(own.squaredNorm * template.squaredNorm) || 1;
  const held = nearness(near);
  for (let at = 0; at < held.data.length; at++) {
    held.data[at] = (cross.data[at] as number) / norms + prior * (held.data[at] as number);
  }
  const { factor } = polarFactor(linalg, held);
  let along = 0;
  for (let at = 0; at < factor.data.length; at++) {
    along += (factor.data[at] as number) * (cross.data[at] as number);
  }
  return {
    offsetIn: own.means,
    offsetOut: template.means,
    scale: own.squaredNorm > 0 ? along / own.squaredNorm : 1,
    map: { kind: "dense", matrix: factor },
  };
}

/** Q: exp(−d/reach) for the distance d of each voxel to each of the template's, V × V_template. */
function nearness({ places, targetPlaces, reachMm }: Omit<FitInput, "samples" | "target" | "prior">): Matrix {
  const out = zeros(places.length / 3, targetPlaces.length / 3);
  for (let row = 0, at = 0; row < places.length; row += 3) {
    for (let column = 0; column < targetPlaces.length; column += 3, at++) {
      const x = (places[row] as number) - (targetPlaces[column] as number);
      const y = (places[row + 1] as number) - (targetPlaces[column + 1] as number);
      const z = (places[row + 2] as number) - (targetPlaces[column + 2] as number);
      out.data[at] = Math.exp(-Math.sqrt(x * x + y * y + z * z) / reachMm);
    }
  }
  return out;
}
