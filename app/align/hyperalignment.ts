import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { type Blend, blendSpace, meanOf } from "./blend.ts";
import { HyperalignmentParameters } from "./hyperalignment-parameters.ts";
import {
  type Forwarded,
  forwardAll,
  hyperalignmentTasks,
  readyAll,
  targetOf,
  transformAll,
} from "./hyperalignment-tasks.ts";
import type { Source, Target } from "./procrustes.ts";
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
  tasks: hyperalignmentTasks,
  tasksOfFit: (subjects, { level2Iterations }) => (3 + level2Iterations) * subjects + level2Iterations + 1,
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: HyperalignmentParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reference = parameters.reference ?? widest(subjects);
  const commonVoxels = (subjects[reference] as AlignSubject).voxels;
  const sources = yield* readyAll(subjects.map(({ samples }) => samples));
  let aligned: readonly Matrix[] = yield* levelOne(subjects, sources, reference, parameters);
  for (let iteration = 0; iteration < parameters.level2Iterations; iteration++) {
    aligned = yield* levelTwo(sources, aligned, parameters);
  }
  const common = yield* blendSpace(meanOf(aligned), parameters.zscoreCommon);
  const target = yield* targetOf(common, parameters.zscoreCommon, sources);
  const transforms = yield* transformAll(
    subjects.map(({ voxels }, at) =>
      levelThree(sources[at] as Source, voxels, target, commonVoxels, parameters),
    ),
  );
  return { commonSpace: common, columns: { kind: "voxels", voxels: commonVoxels }, transforms };
}

/** Level 1: one subject after the other is aligned to the running space, which takes them in. */
function* levelOne(
  subjects: readonly AlignSubject[],
  sources: readonly Source[],
  reference: number,
  { scaling, zscoreCommon: zscore, equalWeights }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const aligned = subjects.map(({ samples }) => samples);
  let running: Blend = [{ space: aligned[reference] as Matrix, weight: 1 }];
  let count = 1;
  for (const [at, source] of sources.entries()) {
    if (at === reference) continue;
    const inputs = [{ source, target: running, scaling, zscore, withTarget: true }];
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
  sources: readonly Source[],
  aligned: readonly Matrix[],
  { scaling, zscoreCommon: zscore }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const n = sources.length;
  const common = yield* blendSpace(meanOf(aligned), false);
  const forwarded = yield* forwardAll(
    sources.map((source, at) => {
      const target = [
        { space: common, weight: n / (n - 1) },
        { space: aligned[at] as Matrix, weight: -1 / (n - 1) },
      ];
      return { source, target, scaling, zscore, withTarget: false };
    }),
  );
  return forwarded.map(({ moved }) => moved);
}

/** Level 3: the transform of a subject to the final common space. */
function levelThree(
  source: Source,
  sourceVoxels: Int32Array,
  target: Target,
  targetVoxels: Int32Array,
  { scaling, completion }: HyperalignmentParameters,
) {
  return { source, target, scaling, completion, sourceVoxels, targetVoxels };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  parameters: HyperalignmentParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  if (columns.kind !== "voxels") throw new RangeError("the space is not one of hyperalignment");
  const [source] = (yield* readyAll([subject.samples])) as readonly [Source];
  const target = yield* targetOf(commonSpace, parameters.zscoreCommon, [source]);
  const inputs = [levelThree(source, subject.voxels, target, columns.voxels, parameters)];
  return ((yield* transformAll(inputs)) as readonly [Transform])[0];
}

/** The first of the subjects with most voxels. */
function widest(subjects: readonly AlignSubject[]): number {
  const widths = subjects.map(({ samples }) => samples.columns);
  return widths.indexOf(Math.max(...widths));
}
