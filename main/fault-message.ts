import type { FaultMessage } from "#app/contract/calls.ts";
import { Fault } from "#app/contract/fault.ts";

/** A fault that already crossed once, on its way to the window. */
export class SentFault extends Error {
  constructor(readonly fault: FaultMessage) {
    super(fault.text);
  }
}

/** What was thrown, as plain data: classes do not survive the way between processes. */
export function faultMessage(thrown: unknown): FaultMessage {
  if (thrown instanceof SentFault) return thrown.fault;
  const { code, values, message: text } = asFault(thrown);
  return { code, values, text };
}

function asFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return new Fault("run/cancelled");
  console.error(thrown);
  return new Fault("internal");
}
