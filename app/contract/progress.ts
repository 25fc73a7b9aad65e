import { z } from "zod";

export const steps = [
  "read",
  "align and classify",
  "draw labels",
  "map",
  "test correlations",
  "write",
] as const;

/** One step of a run and how far it is; at most ten a second reach the window. */
export const Progress = z.strictObject({
  step: z.enum(steps),
  done: z.number(),
  /** null while it is not known. */
  total: z.number().nullable(),
  elapsedMs: z.number(),
  /** Least and most of what is left of the whole run; null until a tenth of it is done. */
  remainingMs: z.tuple([z.number(), z.number()]).readonly().nullable(),
  /** What is known so far: "p ≈ .012 (.004 to .03)"; null where nothing is. */
  note: z.string().nullable().default(null),
  memoryBytes: z.number(),
});
export type Progress = z.infer<typeof Progress>;
