import type { Call, EventName, Input, Output, Payload, Reply } from "#app/contract/calls.ts";

/** What the preload gives the page: all the page has of the world outside. */
interface Bridge {
  call<C extends Call>(name: C, input: Input<C>): Promise<Reply<Output<C>>>;
  /** The answer ends the listening. */
  on<E extends EventName>(name: E, listener: (payload: Payload<E>) => void): () => void;
  pathFor(file: File): string;
}
declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}
export const bridge = window.bridge;
