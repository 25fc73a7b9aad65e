import type { Call, Input, Output, Reply } from "#app/contract/calls.ts";

/** What the preload gives the page: all the page has of the world outside. */
interface Bridge {
  call<C extends Call>(name: C, input: Input<C>): Promise<Reply<Output<C>>>;
  on(name: string, listener: (payload: unknown) => void): void;
  pathFor(file: File): string;
}
declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}
export const bridge = window.bridge;
