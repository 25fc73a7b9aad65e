import type { FaultMessage } from "#app/contract/calls.ts";
import type { Engine } from "#app/run/engine.ts";

/** What the engine's process is started with, as JSON in its first argument. */
export interface EngineStart {
  readonly root: string;
  readonly data: string;
  readonly workers: number;
  /** The file to log to. */
  readonly log: string;
}

/** What main needs of the engine's process: Electron's UtilityProcess has it. */
export interface EngineProcess {
  postMessage(message: ToEngine): void;
  kill(): unknown;
  on(event: "message", listener: (message: FromEngine) => void): unknown;
  on(event: "exit", listener: () => void): unknown;
}

/** The engine's functions that main calls by name. */
export type EngineCall = Exclude<keyof Engine, "workers" | "kernels" | "close">;
type Arguments<C extends EngineCall> =
  Parameters<Engine[C]> extends [infer First, ...infer Rest] ? [First, ...SecondData<Rest>] : [];
/** A second argument that is data crosses; one that watches is made anew on the other side. */
type SecondData<Rest extends readonly unknown[]> = Rest extends [
  infer Second extends string | null,
  ...unknown[],
]
  ? [Second]
  : [];
export type EngineInput<C extends EngineCall> = Arguments<C>;
export type EngineOutput<C extends EngineCall> = Awaited<ReturnType<Engine[C]>>;

export type ToEngine =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly name: EngineCall;
      readonly input: readonly unknown[];
    }
  | { readonly kind: "cancel"; readonly id: number };

export type FromEngine =
  | {
      readonly kind: "hello";
      /** What it was built with: an engine of another version is not talked to. */
      readonly contract: string;
      readonly workers: number;
      readonly kernels: "native" | "portable";
    }
  | { readonly kind: "progress"; readonly id: number; readonly told: unknown }
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | { readonly kind: "fault"; readonly id: number; readonly fault: FaultMessage };
