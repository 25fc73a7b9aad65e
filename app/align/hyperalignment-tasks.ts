import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { type Completion, completeMap } from "./completion.ts";
import {
  fitProcrustes,
  forwardSource,
  readySource,
  readyTarget,
  type Source,
  type Target,
  turnSource,
} from "./procrustes.ts";
import type { Transform } from "./transform.ts";

interface ForwardInput {
  readonly source: Source;
  readonly target: Blend;
  readonly scaling: boolean;
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
  readonly scaling: boolean;
  readonly completion: Completion;
  readonly sourceVoxels: Int32Array;
  readonly targetVoxels: Int32Array;
}

/** The pieces of work of hyperalignment, each on one subject or one space. */
export const hyperalignmentTasks: TaskTable = {
  ready: taskCode(readySource),
  ...blendTasks,
  forward: taskCode(forward),
  target: taskCode((linalg, { samples, forWide, zscored }: TargetInput) =>
    readyTarget(linalg, samples, forWide, zscored),
  ),
  transform: taskCode(transform),
};

/** Every subject's samples (T × V) made ready for fitting. */
export function* readyAll(samples: readonly Matrix[]): Staged<readonly Source[]> {
  return (yield samples.map((input): Task => ({ name: "ready", input }))) as readonly Source[];
}

/** Each source fitted to its target; the target and the rows moved are both z-scored by voxel if asked. */
export function* forwardAll(inputs: readonly ForwardInput[]): Staged<readonly Forwarded[]> {
  return (yield inputs.map((input): Task => ({ name: "forward", input }))) as readonly Forwarded[];
}

/** The final common space as the one target of all sources. */
export function* targetOf(samples: Matrix, zscored: boolean, sources: readonly Source[]): Staged<Target> {
  const input: TargetInput = { samples, zscored, forWide: sources.some(({ wide }) => wide !== null) };
  return ((yield [{ name: "target", input }]) as readonly [Target])[0];
}

export function* transformAll(inputs: readonly TransformInput[]): Staged<readonly Transform[]> {
  return (yield inputs.map((input): Task => ({ name: "transform", input }))) as readonly Transform[];
}

function forward(linalg: Linalg, input: ForwardInput): Forwarded {
  const { source, target: of, scaling, zscore, withTarget } = input;
  const target = blend(linalg, of, zscore);
  const ready = readyTarget(linalg, target, source.wide !== null, zscore);
  const fit = fitProcrustes(linalg, source, ready, scaling);
  // Z-scoring would undo scale and offset.
  const moved = zscore ? turnSource(linalg, source, fit) : forwardSource(linalg, source, fit);
  if (zscore) linalg.zscore(moved);
  return { moved, target: withTarget ? target : null };
}

function transform(linalg: Linalg, input: TransformInput): Transform {
  const { source, target, scaling, completion, sourceVoxels, targetVoxels } = input;
  const fit = fitProcrustes(linalg, source, target, scaling);
  const map = completeMap(linalg, fit, completion, sourceVoxels, targetVoxels);
  return { offsetIn: source.offset, offsetOut: fit.offsetOut, scale: fit.scale, map };
}
