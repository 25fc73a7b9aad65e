import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaled } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf, voxelColumns } from "./aligner.ts";
import { type Blend, blend, blendSpace, blendTasks, meanOf } from "./blend.ts";
import { type Completion, completeMap } from "./completion.ts";
import { fitProcrustes, readySource, readyTarget, type Source, turnSource } from "./procrustes.ts";
import { refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { rotationParameters } from "./rotation-parameters.ts";
import type { Transform } from "./transform.ts";

const { completion } = rotationParameters;
const TutorialParameters = z.strictObject({ completion });
type TutorialParameters = z.output<typeof TutorialParameters>;

interface FitInput {
  readonly samples: Matrix;
  readonly target: Blend;
}

interface TransformInput extends FitInput {
  readonly voxels: Int32Array;
  readonly targetVoxels: Int32Array;
  readonly completion: Completion;
}

const tasks: TaskTable = {
  ...blendTasks,
  move: taskCode((linalg, input: FitInput) => {
    const { source, fit } = fitUnits(linalg, input);
    return scaled(turnSource(linalg, source, fit), fit.scale);
  }),
  transform: taskCode((linalg, input: TransformInput): Transform => {
    const { source, fit, norm } = fitUnits(linalg, input);
    return {
      offsetIn: source.offset,
      offsetOut: new Float64Array(fit.offsetOut.length),
      scale: norm > 0 ? fit.scale / norm : 0,
      map: completeMap(linalg, fit, input.completion, input.voxels, input.targetVoxels),
    };
  }),
};

const LABEL = "Procrustes of the naturalistic tutorial";

/**
 * The alignment of the naturalistic data tutorial (Chang et al. 2020), nltools' align(method="procrustes") 0.5.1: a
 * running mean that begins with the first subject's samples as they are, one pass more, and everyone to that. Samples and
 * template are brought to norm 1 for each fit. nltools cuts subjects with more voxels than the others; here voxels must
 * be the same.
 */
export const tutorialProcrustes: Aligner<typeof TutorialParameters> = {
  name: "tutorial-procrustes",
  label: LABEL,
  help: "Does what the Naturalistic Data Analysis tutorial and nltools do, so that its numbers can be had again: two passes, the first of which starts from the first subject and is made of it mostly. Choose hyperalignment or generalised Procrustes for new work. All subjects must have the same voxels, which the common space has too.",
  references: ["chang2020", "schonemann1966"],
  needsSameVoxels: true,
  parameters: TutorialParameters,
  tasks,
  tasksOfFit: (subjects) => 3 * subjects,
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: TutorialParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  refuseOtherVoxels(LABEL, subjects);
  const columns = columnsOf(subjects[0] as AlignSubject);
  const samples = subjects.map((subject) => subject.samples);
  const taken: Matrix[] = [samples[0] as Matrix];
  for (const own of samples.slice(1)) {
    const [moved] = (yield [moveTask(own, meanOf(taken))]) as readonly [Matrix];
    taken.push(moved);
  }
  const first = meanOf(taken);
  const moved = (yield samples.map((own) => moveTask(own, first))) as readonly Matrix[];
  const commonSpace = yield* blendSpace(meanOf(moved), false);
  const transforms = (yield subjects.map((subject) =>
    transformTask(subject, commonSpace, columns.voxels, parameters),
  )) as readonly Transform[];
  return { commonSpace, columns, transforms };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  parameters: TutorialParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const { voxels } = voxelColumns(columns);
  refuseOtherVoxels(LABEL, [subject, { voxels }]);
  const task = transformTask(subject, commonSpace, voxels, parameters);
  return ((yield [task]) as readonly [Transform])[0];
}

function moveTask(samples: Matrix, target: Blend): Task {
  return { name: "move", input: { samples, target } satisfies FitInput };
}

function transformTask(
  { samples, voxels }: AlignSubject,
  space: Matrix,
  targetVoxels: Int32Array,
  { completion }: TutorialParameters,
): Task {
  const target: Blend = [{ space, weight: 1 }];
  const input: TransformInput = { samples, target, voxels, targetVoxels, completion };
  return { name: "transform", input };
}

/** Both sides centred and of norm 1: the scale is then the nuclear norm of their product. `norm` is the samples'. */
function fitUnits(linalg: Linalg, { samples, target }: FitInput) {
  const own = linalg.centre(samples);
  const template = linalg.centre(blend(linalg, target, false));
  const norm = Math.sqrt(own.squaredNorm);
  const unit = scaled(own.matrix, norm > 0 ? 1 / norm : 0);
  const source: Source = { ...readySource(linalg, unit), offset: own.means };
  const size = Math.sqrt(template.squaredNorm);
  const goal = scaled(template.matrix, size > 0 ? 1 / size : 0);
  const ready = readyTarget(linalg, goal, source.wide !== null, true);
  return { source, norm, fit: fitProcrustes(linalg, source, ready, { scaling: true, reflection: true }) };
}
