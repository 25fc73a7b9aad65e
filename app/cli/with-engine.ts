import type { Engine } from "#app/run/engine.ts";

/** Starts an engine of so many workers for some work, and closes it. */
export type WithEngine = (workers: number, work: (engine: Engine) => Promise<void>) => Promise<void>;
