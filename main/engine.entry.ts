import { startEngine } from "#app/run/engine.ts";
import { contractHash } from "#main/contract-hash.ts";
import type { EngineStart, FromEngine, ToEngine } from "#main/engine-messages.ts";
import { faultMessage } from "#main/fault-message.ts";
import { logConsoleTo } from "#main/log-file.ts";

/** The engine's process: it answers main's calls, and reads all that strangers wrote. */
const port = process.parentPort;
const start = JSON.parse(process.argv[2] ?? "{}") as EngineStart;
logConsoleTo(start.log, "engine");
// Electron only warns of one: a state that nobody foresaw is not gone on with.
process.on("unhandledRejection", (reason) => {
  console.error(reason);
  process.exit(1);
});
// A test's server is on this machine.
const engine = startEngine({ ...start, allowLoopback: process.env.CONCORD_TEST_LOOPBACK === "1" });
const stops = new Map<number, AbortController>();
const tell = (message: FromEngine) => port.postMessage(message);

port.on("message", async ({ data }: { data: ToEngine }) => {
  if (data.kind === "cancel") {
    stops.get(data.id)?.abort(new DOMException("The work was cancelled.", "AbortError"));
    return;
  }
  const { id } = data;
  const stop = new AbortController();
  stops.set(id, stop);
  try {
    const watch = {
      signal: stop.signal,
      onProgress: (told: unknown) => tell({ kind: "progress", id, told }),
    };
    const answer = engine[data.name] as (...input: readonly unknown[]) => unknown;
    tell({ kind: "done", id, output: await answer(...data.input, watch) });
  } catch (thrown) {
    tell({ kind: "fault", id, fault: faultMessage(thrown) });
  } finally {
    stops.delete(id);
  }
});
tell({ kind: "hello", contract: contractHash, workers: engine.workers, kernels: engine.kernels });
