import { parentPort, workerData } from "node:worker_threads";
import { aligners } from "#app/align/aligners.ts";
import { Fault } from "#app/contract/fault.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/** A worker thread: one task at a time, by single-threaded kernels, until the pool closes the port. */
const port = parentPort;
if (port === null) throw new Error("this file is the start of a worker thread");
const { root } = workerData as WorkerData;
const linalg = loadLinalg(root);
const answer = (message: FromWorker) => port.postMessage(message);

port.on("message", ({ id, aligner, task, input }: ToWorker) => {
  try {
    const code = aligners[aligner]?.tasks[task];
    if (code === undefined) throw new Error(`${aligner} has no task ${task}`);
    answer({ kind: "done", id, output: code.run(linalg, input) });
  } catch (error) {
    if (error instanceof Fault) answer({ kind: "fault", id, code: error.code, values: error.values });
    else
      answer({
        kind: "bug",
        id,
        text: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
});
answer({ kind: "ready", linalg: linalg.kernels });
