import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "#app/contract/fault.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { freshBytes, noteSharedMemory, share } from "#app/linalg/shared-memory.ts";
import { taskTable } from "./task-table.ts";
import type { FromWorker, RunTask, ToWorker, WorkerData } from "./worker-messages.ts";

/** A worker thread: the pool's tasks, by single-threaded kernels, until the pool ends it. */
const port = parentPort;
if (port === null) throw new Error("this file is the start of a worker thread");
const { root } = workerData as WorkerData;
const linalg = loadLinalg(root);

const underWay = new Map<number, AbortController>();

port.on("message", async (message: ToWorker) => {
  if (message.kind === "stop") return underWay.get(message.id)?.abort();
  const told = await answer(message);
  port.postMessage(told);
  const made = freshBytes(told, new WeakSet());
  if (noteSharedMemory(message.freshBytes + made)) linalg.giveBackMemory();
});

async function answer({ id, task, input }: RunTask): Promise<FromWorker> {
  const stop = new AbortController();
  underWay.set(id, stop);
  try {
    const code = taskTable[task];
    if (code === undefined) throw new Error(`no task is named ${task}`);
    return { kind: "done", id, output: share(await code.run(linalg, input, stop.signal)) };
  } catch (error) {
    if (stop.signal.aborted) return { kind: "stopped", id };
    if (error instanceof Fault) return { kind: "fault", id, code: error.code, values: error.values };
    return { kind: "bug", id, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    underWay.delete(id);
  }
}
