import { z } from "zod";
import type { Dataset } from "#app/contract/dataset.ts";

const grid = z.strictObject({
  dimensions: z.tuple([z.number(), z.number(), z.number()]).readonly(),
  affine: z.array(z.number()).readonly(),
});
const runFile = z.strictObject({
  subject: z.string(),
  run: z.string(),
  path: z.string(),
  maskPath: z.string().nullable(),
  eventsPath: z.string().nullable(),
  volumes: z.number(),
  repetitionTimeSeconds: z.number().nullable(),
  grid,
  sizeBytes: z.number(),
});
const problem = z.strictObject({
  severity: z.enum(["note", "warning", "error"]),
  subject: z.string().exactOptional(),
  run: z.string().exactOptional(),
  text: z.string(),
});
const dataset: z.ZodType<Dataset> = z.strictObject({
  path: z.string(),
  name: z.string(),
  reader: z.string(),
  space: z.string().nullable(),
  subjects: z.array(z.string()).readonly(),
  runs: z.array(z.string()).readonly(),
  files: z.array(runFile).readonly(),
  backgroundPath: z.string().nullable(),
  problems: z.array(problem).readonly(),
});
const opened = z.strictObject({ grant: z.string(), dataset });

/** Every call the window may make; checked at the border on the way in and on the way out. */
export const calls = {
  "dataset.choose": { input: z.strictObject({}), output: opened.nullable() },
  "dataset.open": { input: z.strictObject({ path: z.string().min(1).max(4096) }), output: opened },
} as const;

export type Call = keyof typeof calls;
export type Input<C extends Call> = z.input<(typeof calls)[C]["input"]>;
export type Output<C extends Call> = z.output<(typeof calls)[C]["output"]>;

/** A fault as it crosses: `code` is a FaultCode, or "internal" for what nobody foresaw. */
export interface FaultMessage {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly text: string;
}
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: FaultMessage };
