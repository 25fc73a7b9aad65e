import { type Matrix, takeRows, type Values } from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { columnCorrelations } from "../isc/isc.ts";
import { oneWayAnova } from "./anova.ts";
import { stability } from "./stability.ts";

/** All samples of a subject are shared between threads, so that the rows need not be copied out. */
interface LabelledInput {
  readonly samples: Values;
  readonly rows: readonly number[];
  readonly labels: readonly number[];
}

interface StabilityInput extends LabelledInput {
  readonly parts: readonly number[];
}

interface SumInput {
  readonly subjects: readonly Values[];
  readonly rows: readonly number[];
}

interface OthersInput {
  readonly samples: Values;
  readonly rows: readonly number[];
  readonly sum: Matrix;
  /** Whether the subject is in the sum. */
  readonly among: boolean;
}

/** The pieces of work of a selection. */
export const selectionTasks: TaskTable = {
  "select/anova": taskCode((_linalg, { samples, labels, rows }: LabelledInput) =>
    oneWayAnova(samples, labels, rows),
  ),
  "select/stability": taskCode((_linalg, { samples, rows, labels, parts }: StabilityInput) =>
    stability(samples, rows, labels, parts),
  ),
  "select/sum": taskCode((_linalg, input: SumInput) => summedRows(input)),
  "select/others": taskCode((_linalg, input: OthersInput) => correlationWithOthers(input)),
};

export function anovaTask(input: LabelledInput): Task {
  return { name: "select/anova", input };
}

export function stabilityTask(input: StabilityInput): Task {
  return { name: "select/stability", input };
}

/** Rows × voxels, summed over subjects. */
export function sumTask(input: SumInput): Task {
  return { name: "select/sum", input };
}

/** The correlation of each voxel's course with the sum of the others'. */
export function othersTask(input: OthersInput): Task {
  return { name: "select/others", input };
}

function summedRows({ subjects, rows }: SumInput): Matrix {
  const [first, ...others] = subjects;
  const out = takeRows(first as Values, rows);
  for (const own of others) {
    const taken = takeRows(own, rows);
    for (let at = 0; at < out.data.length; at++) {
      out.data[at] = (out.data[at] as number) + (taken.data[at] as number);
    }
  }
  return out;
}

/** A voxel whose course is flat has none. */
function correlationWithOthers({ samples, rows, sum, among }: OthersInput): Float64Array {
  const own = takeRows(samples, rows);
  const others: Matrix = among
    ? { ...sum, data: sum.data.map((value, at) => value - (own.data[at] as number)) }
    : sum;
  return columnCorrelations(own, others).map((value) => value || 0);
}
