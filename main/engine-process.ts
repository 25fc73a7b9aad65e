import { join } from "node:path";
import { utilityProcess } from "electron";
import type { EngineProcess, EngineStart } from "#main/engine-messages.ts";

/** Starts the engine in a process of its own: a crash or an empty memory there leaves the window whole. */
export function forkEngine(start: EngineStart): EngineProcess {
  return utilityProcess.fork(join(__dirname, "engine.cjs"), [JSON.stringify(start)], {
    serviceName: "Concord engine",
  });
}
