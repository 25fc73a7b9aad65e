import { startEngine } from "#app/run/engine.ts";
import type { EngineStart, FromEngine, ToEngine } from "#main/engine-messages.ts";
import { faultMessage } from "#main/fault-message.ts";

/** The engine's process: it answers main's calls, and reads all that strangers wrote. */
const port = process.parentPort;
const engine = startEngine(JSON.parse(process.argv[2] ?? "{}") as EngineStart);
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
tell({ kind: "hello", workers: engine.workers, kernels: engine.kernels });
