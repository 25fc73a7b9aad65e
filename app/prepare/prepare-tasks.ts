import type { RunFile } from "#app/contract/dataset.ts";
import type { Task, TaskTable } from "#app/linalg/task.ts";
import { examineFile } from "./examine-file.ts";
import { type ClusterInput, clusterVoxels } from "./parcels/cluster-voxels.ts";
import { type ReadInput, readRun } from "./read-run.ts";

/** The pieces of work of preparing: names as tasks have them. */
export const prepareTasks: TaskTable = {
  "prepare/examine": { run: (_linalg, input, signal) => examineFile(input as RunFile, signal) },
  "prepare/read": { run: (_linalg, input, signal) => readRun(input as ReadInput, signal) },
  "prepare/cluster": { run: (_linalg, input, signal) => clusterVoxels(input as ClusterInput, signal) },
};

/** What is wrong with one image, whose fault is no failure of the task: see examineFile. */
export function examineTask(file: RunFile): Task {
  return { name: "prepare/examine", input: file, waits: true };
}

/** One image's voxels of a region: see readRun. */
export function readTask(input: ReadInput): Task {
  return { name: "prepare/read", input, waits: true };
}

/** The parcel of each voxel: see clusterVoxels. */
export function clusterTask(input: ClusterInput): Task {
  return { name: "prepare/cluster", input };
}
