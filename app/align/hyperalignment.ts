import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { type Blend, blendSpace, meanOf } from "./blend.ts";
import { HyperalignmentParameters } from "./hyperalignment-parameters.ts";
import type { Source } from "./procrustes.ts";
import {
  composeAll,
  cutSpace,
  type Forwarded,
  forwardAll,
  type Prepared,
  procrustesTasks,
  readyAll,
  targetOf,
  transformAll,
  whitenAll,
} from "./procrustes-tasks.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
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
  tasks: procrustesTasks,
  tasksOfFit: (subjects, { level2Iterations, alpha, components }) =>
    (3 + level2Iterations + (alpha < 1 ? 1 : 0) + (components === null ? 0 : 1)) * subjects +
    level2Iterations +
    (components === null ? 1 : 2),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: HyperalignmentParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reference = parameters.reference ?? widest(subjects);
  const { voxels } = subjects[reference] as AlignSubject;
  const own = yield* readied(subjects, parameters);
  let aligned: readonly Matrix[] = yield* levelOne(own, reference, parameters);
  for (let iteration = 0; iteration < parameters.level2Iterations; iteration++) {
    aligned = yield* levelTwo(own, aligned, parameters);
  }
  const space = yield* blendSpace(meanOf(aligned), parameters.zscoreCommon);
  const transforms = yield* levelThree(subjects, own, { space, voxels }, parameters);
  const { components: count, weighted } = parameters;
  if (count === null) return { commonSpace: space, columns: { kind: "voxels", voxels }, transforms };
  const moved = subjects.map(({ samples }, at) => ({ samples, transform: transforms[at] as Transform }));
  const { commonSpace, weights, onto } = yield* cutSpace({ subjects: moved, count, weighted });
  return {
    commonSpace,
    columns: { kind: "components", weights },
    transforms: yield* composeAll(transforms, onto),
    whole: { space, voxels, onto },
  };
}

/** A subject's samples, whitened if asked, and ready to be fitted. */
interface Readied extends Prepared {
  readonly source: Source;
}

function* readied(
  subjects: readonly AlignSubject[],
  { alpha }: HyperalignmentParameters,
): Staged<readonly Readied[]> {
  const given = subjects.map(({ samples }) => samples);
  const own: readonly Prepared[] =
    alpha < 1 ? yield* whitenAll(given, alpha) : given.map((samples) => ({ samples, before: null }));
  const sources = yield* readyAll(own.map(({ samples }) => samples));
  return own.map((one, at) => ({ ...one, source: sources[at] as Source }));
}

/** Level 1: one subject after the other is aligned to the running space, which takes them in. */
function* levelOne(
  own: readonly Readied[],
  reference: number,
  { zscoreCommon: zscore, equalWeights, ...freedom }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const aligned = own.map(({ samples }) => samples);
  let running: Blend = [{ space: aligned[reference] as Matrix, weight: 1 }];
  let count = 1;
  for (const [at, { source }] of own.entries()) {
    if (at === reference) continue;
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
      const target = [
        { space: common, weight: n / (n - 1) },
        { space: aligned[at] as Matrix, weight: -1 / (n - 1) },
      ];
      return { source, target, freedom, zscore, withTarget: false };
    }),
  );
  return forwarded.map(({ moved }) => moved);
}

/** Level 3: the transforms of subjects to the final common space. */
function* levelThree(
  subjects: readonly AlignSubject[],
  own: readonly Readied[],
  common: { readonly space: Matrix; readonly voxels: Int32Array },
  { zscoreCommon, completion, ...freedom }: HyperalignmentParameters,
): Staged<readonly Transform[]> {
  const sources = own.map(({ source }) => source);
  const target = yield* targetOf(common.space, zscoreCommon, sources);
  return yield* transformAll(
    own.map(({ source, before }, at) => {
      const { voxels: sourceVoxels } = subjects[at] as AlignSubject;
      return { source, target, freedom, completion, sourceVoxels, targetVoxels: common.voxels, before };
    }),
  );
}

function* addSubject(
  { commonSpace, columns, whole }: Alignment,
  subject: AlignSubject,
  parameters: HyperalignmentParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  const own = yield* readied([subject], parameters);
  if (columns.kind === "voxels") {
    const common = { space: commonSpace, voxels: columns.voxels };
    return (yield* levelThree([subject], own, common, parameters))[0] as Transform;
  }
  if (whole === undefined) throw new RangeError("the space is not one of hyperalignment");
  const transforms = yield* levelThree([subject], own, whole, parameters);
  return (yield* composeAll(transforms, whole.onto))[0] as Transform;
}

/** The first of the subjects with most voxels. */
function widest(subjects: readonly AlignSubject[]): number {
  const widths = subjects.map(({ samples }) => samples.columns);
  return widths.indexOf(Math.max(...widths));
}
