import type { Engine } from "#app/run/engine.ts";

/** The option of every command that computes: its flags, help, reader and default. */
export type WorkersOption = readonly ["--workers <number>", string, (text: string) => number, number];

/** Starts an engine of so many workers for some work, and closes it. */
export type WithEngine = (workers: number, work: (engine: Engine) => Promise<void>) => Promise<void>;
