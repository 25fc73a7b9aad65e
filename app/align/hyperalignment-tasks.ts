import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Completion, completeMap } from "./completion.ts";
import { factorSource, fitProcrustes, forwardSource, type Source } from "./procrustes.ts";
import type { Staged, Task, TaskCode, TaskTable } from "./task.ts";
import type { Transform } from "./transform.ts";

interface ForwardInput {
  readonly source: Source;
  readonly target: Matrix;
  readonly scaling: boolean;
  readonly zscore: boolean;
}

interface TransformInput {
  readonly source: Source;
  readonly target: Matrix;
  readonly scaling: boolean;
  readonly completion: Completion;
  readonly sourceVoxels: Int32Array;
  readonly targetVoxels: Int32Array;
}

/** The three pieces of work of hyperalignment, each on one subject. */
export const hyperalignmentTasks: TaskTable = {
  factor: code((linalg, samples: Matrix): Source => factorSource(linalg, samples)),
  forward: code(forward),
  transform: code(transform),
};

/** Every subject's samples (T × V) made ready for fitting. */
export function* factorAll(samples: readonly Matrix[]): Staged<readonly Source[]> {
  return (yield samples.map((input): Task => ({ name: "factor", input }))) as readonly Source[];
}

/** Each source's rows after a fit to its target, T × V_target, z-scored if asked. */
export function* forwardAll(inputs: readonly ForwardInput[]): Staged<readonly Matrix[]> {
  return (yield inputs.map((input): Task => ({ name: "forward", input }))) as readonly Matrix[];
}

export function* transformAll(inputs: readonly TransformInput[]): Staged<readonly Transform[]> {
  return (yield inputs.map((input): Task => ({ name: "transform", input }))) as readonly Transform[];
}

function forward(linalg: Linalg, { source, target, scaling, zscore }: ForwardInput): Matrix {
  const out = forwardSource(linalg, source, fitProcrustes(linalg, source, target, scaling));
  if (zscore) linalg.zscore(out);
  return out;
}

function transform(linalg: Linalg, input: TransformInput): Transform {
  const { source, target, scaling, completion, sourceVoxels, targetVoxels } = input;
  const fit = fitProcrustes(linalg, source, target, scaling);
  const map = completeMap(linalg, source, fit, completion, sourceVoxels, targetVoxels);
  return { offsetIn: source.offset, offsetOut: fit.offset, scale: fit.scale, map };
}

function code<Input, Output>(run: (linalg: Linalg, input: Input) => Output): TaskCode {
  return { run: (linalg, input) => run(linalg, input as Input) };
}
