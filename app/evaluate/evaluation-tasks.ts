import type { Plan } from "#app/contract/plan.ts";
import { type Matrix, stackRows, takeColumns, type Values } from "#app/linalg/matrix.ts";
import type { Task, TaskTable } from "#app/linalg/task.ts";
import { highest, oneWayAnova } from "./anova.ts";
import { classifierOf } from "./classifiers.ts";
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
  readonly samples: Matrix;
  readonly by: Values;
}

/** The pieces of work of an evaluation, each on one subject: names as tasks have them. */
export const evaluationTasks: TaskTable = {
  "evaluate/anova": {
    run: (_linalg, input) => {
      const { samples, labels } = input as AnovaInput;
      return oneWayAnova(samples, labels);
    },
  },
  "evaluate/standardise": {
    run: (_linalg, input) => {
      const { samples, by } = input as StandardiseInput;
      return standardise(samples, by);
    },
  },
  "evaluate/classify": { run: (_linalg, input) => classify(input as ClassifyInput) },
};

export function anovaTask(input: AnovaInput): Task {
  return { name: "evaluate/anova", input };
}

/** A subject's samples in units of `by`, in a copy: see `standardise`. */
export function standardiseTask(input: StandardiseInput): Task {
  return { name: "evaluate/standardise", input };
}

export function classifyTask(input: ClassifyInput): Task {
  return { name: "evaluate/classify", input };
}

async function classify({ classifier, train, labels, test, voxels }: ClassifyInput): Promise<number[]> {
  const { fitPredict } = await classifierOf(classifier);
  const all = stackRows(train);
  if (voxels === null) return fitPredict(all, labels, test);
  const kept = highest(oneWayAnova(all, labels), voxels);
  return fitPredict(takeColumns(all, kept), labels, takeColumns(test, kept));
}
