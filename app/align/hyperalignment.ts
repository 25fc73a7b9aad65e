import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type CommonSpace,
  columnsOf,
  voxelColumns,
} from "./aligner.ts";
import { type Blend, blendSpace, meanOf, meanOfOthers } from "./blend.ts";
import { HyperalignmentParameters } from "./hyperalignment-parameters.ts";
import { levelOrder } from "./level-order.ts";
import type { Source } from "./procrustes.ts";
import {
  composeAll,
  cutSpace,
  type Fittable,
  type Forwarded,
  forwardAll,
  type Prepared,
  procrustesTasks,
  readyAll,
  transformsOnto,
  whitenAll,
} from "./procrustes-tasks.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { referenceOf } from "./template-start.ts";
import type { Transform } from "./transform.ts";

/**
 * Procrustes hyperalignment, levels 1 to 3 (Haxby et al. 2011, doi 10.1016/j.neuron.2011.08.026), with
 * PyMVPA's settings but for the weights of `equalWeights`, which PyMVPA reverses by mistake.
 */
export const hyperalignment: Aligner<typeof HyperalignmentParameters> = {
  name: "hyperalignment",
  label: "Hyperalignment",
  help: "Turns each subject's voxels, by a rotation that may reflect, so that the same moments of all subjects come to the same points of one space that is built of them. All that a subject's samples hold is kept. Choose it where patterns over voxels are to be compared and the common space should have voxels of its own.",
  references: ["haxby2011", "guntupalli2016", "hanke2009"],
  parameters: HyperalignmentParameters,
  makesComponents: ({ components }) => components !== null,
  tasks: procrustesTasks,
  tasksOfFit: (subjects, { level2Iterations, alpha, components }) =>
    (3 + level2Iterations + (alpha < 1 ? 1 : 0) + (components === null ? 0 : 1)) * subjects +
    level2Iterations +
    (components === null ? 1 : 2),
  space,
  fit: aligned,
  addSubject,
};

function* aligned(
  subjects: readonly AlignSubject[],
  parameters: HyperalignmentParameters,
): Staged<Alignment> {
  const { own, space, columns } = yield* levelsOneAndTwo(subjects, parameters);
  const { zscoreCommon: zscored, components: count, weighted } = parameters;
  const common = { space, voxels: columns.voxels, zscored };
  const transforms = yield* transformsOnto(own, common, parameters);
  if (count === null) return { commonSpace: space, columns, transforms };
  const moved = subjects.map(({ samples }, at) => ({ samples, transform: transforms[at] as Transform }));
  const { commonSpace, weights, onto } = yield* cutSpace({ subjects: moved, count, weighted });
  return {
    commonSpace,
    columns: { kind: "components", weights },
    transforms: yield* composeAll(transforms, onto),
    whole: { space, columns, onto },
  };
}

function* space(
  subjects: readonly AlignSubject[],
  parameters: HyperalignmentParameters,
): Staged<CommonSpace> {
  if (parameters.components !== null) {
    return yield* aligned(subjects, parameters);
  }
  const { space: commonSpace, columns } = yield* levelsOneAndTwo(subjects, parameters);
  return { commonSpace, columns };
}

/** The common space, T × V of the reference, and the subjects as they were made ready for it. */
function* levelsOneAndTwo(subjects: readonly AlignSubject[], parameters: HyperalignmentParameters) {
  refuseUnfit(subjects);
  const reference = referenceOf(subjects, parameters);
  const own = yield* prepared(subjects, parameters);
  let aligned: readonly Matrix[] = yield* levelOne(own, reference, parameters);
  for (let iteration = 0; iteration < parameters.level2Iterations; iteration++) {
    aligned = yield* levelTwo(own, aligned, parameters);
  }
  const space = yield* blendSpace(meanOf(aligned), parameters.zscoreCommon);
  return { own, space, columns: columnsOf(subjects[reference] as AlignSubject) };
}

/** A subject's samples, whitened if asked, and ready to be fitted. */
interface Readied extends Prepared, Fittable {
  readonly before: Transform | null;
}

function* prepared(
  subjects: readonly AlignSubject[],
  { alpha }: HyperalignmentParameters,
): Staged<readonly Readied[]> {
  const given = subjects.map(({ samples }) => samples);
  const own: readonly Prepared[] =
    alpha < 1 ? yield* whitenAll(given, alpha) : given.map((samples) => ({ samples, before: null }));
  const sources = yield* readyAll(own.map(({ samples }) => samples));
  return own.map((one, at) => {
    const { voxels } = subjects[at] as AlignSubject;
    return { ...one, voxels, source: sources[at] as Source };
  });
}

/** Level 1: one subject after the other is aligned to the running space, which takes them in. */
function* levelOne(
  own: readonly Readied[],
  reference: number,
  { zscoreCommon: zscore, equalWeights, order, ...freedom }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const aligned = own.map(({ samples }) => samples);
  let running: Blend = [{ space: aligned[reference] as Matrix, weight: 1 }];
  let count = 1;
  const others = [...own.keys()].filter((at) => at !== reference);
  for (const at of levelOrder(others, order)) {
    const { source } = own[at] as Readied;
    const inputs = [{ source, target: running, freedom, zscore, withTarget: true }];
    const [{ moved, target }] = (yield* forwardAll(inputs)) as [Forwarded & { target: Matrix }];
    aligned[at] = moved;
    const weight = equalWeights ? count / (count + 1) : 0.5;
    running = [
      { space: target, weight },
      { space: moved, weight: 1 - weight },
    ];
    count += 1;
  }
  return aligned;
}

/** Level 2: every subject is aligned anew, from the original samples, to the mean of the others. */
function* levelTwo(
  own: readonly Readied[],
  aligned: readonly Matrix[],
  { zscoreCommon: zscore, ...freedom }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const n = own.length;
  const common = yield* blendSpace(meanOf(aligned), false);
  const forwarded = yield* forwardAll(
    own.map(({ source }, at) => {
      const target = meanOfOthers(common, aligned[at] as Matrix, n);
      return { source, target, freedom, zscore, withTarget: false };
    }),
  );
  return forwarded.map(({ moved }) => moved);
}

function* addSubject(
  { commonSpace, columns, whole }: Alignment,
  subject: AlignSubject,
  parameters: HyperalignmentParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const own = yield* prepared([subject], parameters);
  const space = whole?.space ?? commonSpace;
  const { voxels } = whole?.columns ?? voxelColumns(columns);
  const common = { space, voxels, zscored: parameters.zscoreCommon };
  const transforms = yield* transformsOnto(own, common, parameters);
  const onto = whole?.onto;
  return (onto === undefined ? transforms : yield* composeAll(transforms, onto))[0] as Transform;
}
