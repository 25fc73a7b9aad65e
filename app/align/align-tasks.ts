import { type Matrix, matrixFrom, meanOf, scaledColumns, single, type Values } from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { backProjected, type ThereAndBack } from "./back-projection.ts";
import { connectomeRows, targetMeans } from "./connectome.ts";
import { seedComponents } from "./seed-components.ts";
import { smootherMap } from "./smoother.ts";
import { applyTransform, type Transform } from "./transform.ts";
import { wayBack } from "./way-back.ts";

/** A component may weigh nothing: as little of a ridge as keeps the regression whole. */
const BACK_RIDGE = 1e-6;

interface ApplyInput {
  readonly transform: Transform;
  readonly samples: readonly Values[];
}

interface BackInput {
  readonly commonSpace: Matrix;
  readonly weights: Float64Array;
  readonly samples: Matrix;
}

interface ForetellInput extends ThereAndBack {
  /** The others' rows as they lie in the common space. */
  readonly others: readonly Values[];
}

interface MeansInput {
  readonly samples: Matrix;
  readonly targets: readonly Int32Array[];
}

/** Moves a subject's samples into the common space; they stay in the precision that they have. */
export function applyTask(input: ApplyInput): Task {
  return { name: "align/apply", input };
}

/** A subject's voxels regressed on the space's components, z-scored and weighted: k × V. */
export function backTask(input: BackInput): Task {
  return { name: "align/back", input };
}

/** The way back of a subject's transform, where it has one of its own: see `wayBack`. */
export function wayBackTask(input: Parameters<typeof wayBack>[1]): Task {
  return { name: "align/way-back", input };
}

/** The mean of others' rows in a subject's own voxels: see `backProjected`. */
export function foretellTask(input: ForetellInput): Task {
  return { name: "align/foretell", input };
}

/** The mean courses of a subject's targets, z-scored: T × S. */
export function meansTask(input: MeansInput): Task {
  return { name: "align/means", input };
}

/** The courses of some seeds' components, of each subject a list: see `seedComponents`. */
export function seedsTask(input: Parameters<typeof seedComponents>[1]): Task {
  return { name: "align/seeds", input };
}

/** A subject's connectome, or that above its samples, to be aligned on: see `connectomeRows`. */
export function connectomeTask(input: Parameters<typeof connectomeRows>[1]): Task {
  return { name: "align/connectome", input };
}

/** What is done before and after a fit, whatever the method is. */
export const alignTasks: TaskTable = {
  "align/means": taskCode((linalg, { samples, targets }: MeansInput) => {
    const means = targetMeans(samples, targets);
    linalg.zscore(means);
    return means;
  }),
  "align/seeds": taskCode(seedComponents),
  "align/connectome": taskCode(connectomeRows),
  "align/way-back": taskCode(wayBack),
  "align/foretell": taskCode(
    (linalg, { others, ...there }: ForetellInput) => backProjected(linalg, there, meanOf(others)).samples,
  ),
  "align/apply": taskCode((linalg, { transform, samples }: ApplyInput) =>
    samples.map((values) => {
      const moved = applyTransform(linalg, transform, matrixFrom(values.rows, values.columns, values.data));
      return values.data instanceof Float32Array ? single(moved) : moved;
    }),
  ),
  "align/back": taskCode((linalg, { commonSpace, weights, samples }: BackInput) => {
    const space = { ...commonSpace, data: commonSpace.data.slice() };
    linalg.zscore(space);
    const weighted = scaledColumns(space, (k) => weights[k] as number);
    return smootherMap(linalg, weighted, BACK_RIDGE, samples);
  }),
};
