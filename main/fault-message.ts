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
  if (thrown instanceof Fault) return { code: thrown.code, values: thrown.values, text: thrown.message };
  if (thrown instanceof SentFault) return thrown.fault;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", values: {}, text };
}
