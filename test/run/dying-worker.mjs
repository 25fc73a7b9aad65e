// A worker thread whose tasks are ways to die. `lives` is shared: how often a task dies before it answers.
import { parentPort } from "node:worker_threads";

const deaths = {
  exit: () => process.exit(3),
  throw: () => setImmediate(() => notThere()),
  hold: () => new Promise(() => {}),
};

parentPort.on("message", async ({ kind, id, task, input }) => {
  if (kind === "stop") parentPort.postMessage({ kind: "stopped", id });
  else if (task === "bug") parentPort.postMessage({ kind: "bug", id, text: "the task's own stack" });
  else if (task === "echo" || Atomics.sub(input.lives, 0, 1) <= 0)
    parentPort.postMessage({ kind: "done", id, output: input.says });
  else await deaths[task]();
});
