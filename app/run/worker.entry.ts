import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { noteSharedMemory, share, sharedBytes } from "#app/linalg/shared-memory.ts";
import { taskTable } from "./task-table.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/** A worker thread: one task at a time, by single-threaded kernels, until the pool ends it. */
const port = parentPort;
if (port === null) throw new Error("this file is the start of a worker thread");
const { root } = workerData as WorkerData;
const linalg = loadLinalg(root);

port.on("message", async (message: ToWorker) => {
  const told = await answer(message);
  port.postMessage(told);
  if (noteSharedMemory(sharedBytes(message.input) + sharedBytes(told))) linalg.giveBackMemory();
});

async function answer({ id, task, input }: ToWorker): Promise<FromWorker> {
  try {
    const code = taskTable[task];
    if (code === undefined) throw new Error(`no task is named ${task}`);
    return { kind: "done", id, output: share(await code.run(linalg, input)) };
  } catch (error) {
    if (error instanceof Fault) return { kind: "fault", id, code: error.code, values: error.values };
    return { kind: "bug", id, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
