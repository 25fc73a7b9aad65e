import type { Plan } from "#app/contract/plan.ts";
import {
  type Matrix,
  scaledColumns,
  single,
  stackRows,
  takeColumns,
  type Values,
} from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { highest } from "#app/linalg/vector.ts";
import { oneWayAnova } from "./anova.ts";
import { classifierOf } from "./classifiers.ts";
import { type CoursesInput, compareCourses } from "./held-out-courses.ts";
import { standardise } from "./standardise.ts";

/** Trains on `train` and labels `test`. With `voxels`, that many are kept by ANOVA on the training rows. */
export interface ClassifyInput {
  readonly classifier: Plan["classifier"];
  /** Stacked in this order; rows × features each. */
  readonly train: readonly Matrix[];
  readonly labels: readonly number[];
  readonly test: Matrix;
  readonly voxels: number | null;
}

interface AnovaInput {
  readonly samples: Matrix;
  readonly labels: readonly number[];
}

interface StandardiseInput {
  readonly samples: Values;
  readonly by: Values;
  /** What each column then counts; null where all count alike. */
  readonly weights: Float64Array | null;
}

interface ViewInput extends StandardiseInput {
  /** Columns × voxels. */
  readonly projection: Matrix;
}

/** The pieces of work of an evaluation, each on one subject: names as tasks have them. */
export const evaluationTasks: TaskTable = {
  "evaluate/anova": taskCode((_linalg, { samples, labels }: AnovaInput) => oneWayAnova(samples, labels)),
  "evaluate/standardise": taskCode((_linalg, input: StandardiseInput) => weighted(input)),
  "evaluate/view": taskCode((linalg, { projection, ...input }: ViewInput) =>
    single(linalg.multiply(weighted(input), projection)),
  ),
  "evaluate/courses": taskCode(compareCourses),
  "evaluate/classify": taskCode((_linalg, input: ClassifyInput) => classify(input)),
};

export function anovaTask(input: AnovaInput): Task {
  return { name: "evaluate/anova", input };
}

/** A subject's samples in units of `by`, in a copy, each column times its weight: see `standardise`. */
export function standardiseTask(input: StandardiseInput): Task {
  return { name: "evaluate/standardise", input };
}

/** The same brought to voxels, to look at: rows × voxels. */
export function viewTask(input: ViewInput): Task {
  return { name: "evaluate/view", input };
}

/** One subject's held-out courses beside the others'. */
export function coursesTask(input: CoursesInput): Task {
  return { name: "evaluate/courses", input };
}

export function classifyTask(input: ClassifyInput): Task {
  return { name: "evaluate/classify", input };
}

function weighted({ samples, by, weights }: StandardiseInput): Matrix {
  const out = standardise(samples, by);
  return weights === null ? out : scaledColumns(out, (column) => weights[column] as number);
}

async function classify({ classifier, train, labels, test, voxels }: ClassifyInput): Promise<number[]> {
  const { fitPredict } = await classifierOf(classifier);
  const all = stackRows(train);
  if (voxels === null) return fitPredict(all, labels, test);
  const kept = highest(oneWayAnova(all, labels), voxels);
  return fitPredict(takeColumns(all, kept), labels, takeColumns(test, kept));
}
