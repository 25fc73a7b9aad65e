import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Alignment, type AlignSubject, voxelColumns } from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { type Completion, completeMap } from "./completion.ts";
import { composed } from "./composition.ts";
import {
  type Freedom,
  fitProcrustes,
  forwardSource,
  readySource,
  readyTarget,
  type Source,
  type Target,
  turnSource,
} from "./procrustes.ts";
import { refuseNewcomer } from "./refuse-unfit.ts";
import { type SpaceComponents, spaceComponents } from "./space-components.ts";
import { applyTransform, type Transform } from "./transform.ts";
import { whitening } from "./whitening.ts";

interface ForwardInput {
  readonly source: Source;
  readonly target: Blend;
  readonly freedom: Freedom;
  readonly zscore: boolean;
  readonly withTarget: boolean;
}

/** A source's rows after a fit, and the space they were fitted to if asked for, both T × V_target. */
export interface Forwarded {
  readonly moved: Matrix;
  readonly target: Matrix | null;
}

interface TargetInput {
  readonly samples: Matrix;
  readonly forWide: boolean;
  readonly zscored: boolean;
}

interface TransformInput {
  readonly source: Source;
  readonly target: Target;
  readonly freedom: Freedom;
  readonly completion: Completion;
  readonly sourceVoxels: Int32Array;
  readonly targetVoxels: Int32Array;
  /** What the source's samples went through before, if anything. */
  readonly before: Transform | null;
}

interface WhitenInput {
  readonly samples: Matrix;
  readonly alpha: number;
}

/** A subject's samples, T × V, after what was done to them first, and that. */
export interface Prepared {
  readonly samples: Matrix;
  readonly before: Transform | null;
}

interface CutInput {
  readonly subjects: readonly { readonly transform: Transform; readonly samples: Matrix }[];
  readonly count: number;
  readonly weighted: boolean;
}

/** The pieces of work of the Procrustes methods, each on one subject or one space. */
export const procrustesTasks: TaskTable = {
  ready: taskCode(readySource),
  ...blendTasks,
  forward: taskCode(forward),
  target: taskCode((linalg, { samples, forWide, zscored }: TargetInput) =>
    readyTarget(linalg, samples, forWide, zscored),
  ),
  transform: taskCode(transform),
  whiten: taskCode((linalg, { samples, alpha }: WhitenInput): Prepared => {
    const before = whitening(linalg, samples, alpha);
    return { samples: applyTransform(linalg, before, samples), before };
  }),
  cut: taskCode((linalg, { subjects, count, weighted }: CutInput): SpaceComponents => {
    const moved = subjects.map(({ transform, samples }) => applyTransform(linalg, transform, samples));
    return spaceComponents(linalg, moved, count, weighted);
  }),
  compose: taskCode((linalg, [first, second]: readonly [Transform, Transform]) =>
    composed(linalg, first, second),
  ),
};

/** Every subject's samples (T × V) made ready for fitting. */
export function* readyAll(samples: readonly Matrix[]): Staged<readonly Source[]> {
  return (yield samples.map((input): Task => ({ name: "ready", input }))) as readonly Source[];
}

/** The same of subjects whose samples are taken as they are. */
export function* readied(subjects: readonly AlignSubject[]): Staged<readonly Fittable[]> {
  const sources = yield* readyAll(subjects.map(({ samples }) => samples));
  return subjects.map(({ voxels }, at) => ({ source: sources[at] as Source, voxels, before: null }));
}

/** Each source fitted to its target; the target and the rows moved are both z-scored by voxel if asked. */
export function* forwardAll(inputs: readonly ForwardInput[]): Staged<readonly Forwarded[]> {
  return (yield inputs.map((input): Task => ({ name: "forward", input }))) as readonly Forwarded[];
}

/** A space as the one target of all sources. */
function* targetOf(samples: Matrix, zscored: boolean, sources: readonly Source[]): Staged<Target> {
  const input: TargetInput = { samples, zscored, forWide: sources.some(({ wide }) => wide !== null) };
  return ((yield [{ name: "target", input }]) as readonly [Target])[0];
}

/** What a rotation may do, and what of it is chosen where the samples leave it open. */
export interface RotationRule extends Freedom {
  readonly completion: Completion;
}

/** A subject ready to be fitted, and the voxels that its samples have. */
export interface Fittable {
  readonly source: Source;
  readonly voxels: Int32Array;
  readonly before: Transform | null;
}

/** A space of voxels, T × V; whether its columns were z-scored. */
export interface VoxelSpace {
  readonly space: Matrix;
  readonly voxels: Int32Array;
  readonly zscored: boolean;
}

/** Every subject's transform to a space of voxels. */
export function* transformsOnto(
  subjects: readonly Fittable[],
  { space, voxels: targetVoxels, zscored }: VoxelSpace,
  { completion, scaling, reflection }: RotationRule,
): Staged<readonly Transform[]> {
  const sources = subjects.map(({ source }) => source);
  const target = yield* targetOf(space, zscored, sources);
  const freedom = { scaling, reflection };
  const inputs = subjects.map(
    ({ source, voxels: sourceVoxels, before }): TransformInput => ({
      source,
      target,
      freedom,
      completion,
      sourceVoxels,
      targetVoxels,
      before,
    }),
  );
  return (yield inputs.map((input): Task => ({ name: "transform", input }))) as readonly Transform[];
}

/** How a subject comes into a space of voxels that was built without them. */
export function* addRotated(
  { commonSpace: space, columns }: Alignment,
  subject: AlignSubject,
  rule: RotationRule,
): Staged<Transform> {
  refuseNewcomer(space, subject);
  const common = { space, voxels: voxelColumns(columns).voxels, zscored: false };
  return (yield* transformsOnto(yield* readied([subject]), common, rule))[0] as Transform;
}

/** Every subject's samples (T × V) whitened as far as alpha says: see `whitening`. */
export function* whitenAll(samples: readonly Matrix[], alpha: number): Staged<readonly Prepared[]> {
  return (yield samples.map(
    (matrix): Task => ({ name: "whiten", input: { samples: matrix, alpha } satisfies WhitenInput }),
  )) as readonly Prepared[];
}

/** The first components of a space of voxels that all subjects have a transform to. */
export function* cutSpace(input: CutInput): Staged<SpaceComponents> {
  return ((yield [{ name: "cut", input }]) as readonly [SpaceComponents])[0];
}

/** Every transform and after it the same other one. */
export function* composeAll(first: readonly Transform[], second: Transform): Staged<readonly Transform[]> {
  return (yield first.map(
    (transform): Task => ({ name: "compose", input: [transform, second] }),
  )) as readonly Transform[];
}

function forward(linalg: Linalg, input: ForwardInput): Forwarded {
  const { source, target: of, freedom, zscore, withTarget } = input;
  const target = blend(linalg, of, zscore);
  const ready = readyTarget(linalg, target, source.wide !== null, zscore);
  const fit = fitProcrustes(linalg, source, ready, freedom);
  // Z-scoring would undo scale and offset.
  const moved = zscore ? turnSource(linalg, source, fit) : forwardSource(linalg, source, fit);
  if (zscore) linalg.zscore(moved);
  return { moved, target: withTarget ? target : null };
}

function transform(linalg: Linalg, input: TransformInput): Transform {
  const { source, target, freedom, completion, sourceVoxels, targetVoxels, before } = input;
  const fit = fitProcrustes(linalg, source, target, freedom);
  const map = completeMap(linalg, fit, completion, sourceVoxels, targetVoxels);
  const found = { offsetIn: source.offset, offsetOut: fit.offsetOut, scale: fit.scale, map };
  return before === null ? found : composed(linalg, before, found);
}
