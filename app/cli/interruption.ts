import { Fault } from "#app/contract/fault.ts";

/** A signal that Ctrl-C gives. */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Fault("run/cancelled")));
  return stop.signal;
}
