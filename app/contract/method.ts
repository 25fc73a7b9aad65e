import { z } from "zod";

const base = { name: z.string(), label: z.string(), help: z.string() };

/** One parameter of a method, as the form shows it. */
export const Parameter = z.discriminatedUnion("kind", [
  z.strictObject({ ...base, kind: z.literal("switch"), default: z.boolean() }),
  z.strictObject({
    ...base,
    kind: z.literal("number"),
    default: z.number().nullable(),
    least: z.number().nullable(),
    most: z.number().nullable(),
    whole: z.boolean(),
    /** Whether it may be left empty (null). */
    optional: z.boolean(),
    /** Values that are worth trying when the parameter is chosen by nested cross-validation. */
    tries: z.array(z.number()).readonly(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal("choice"),
    default: z.string(),
    options: z.array(z.string()).readonly(),
  }),
]);
export type Parameter = z.infer<typeof Parameter>;

/** A method of alignment, as the form shows it. */
export const MethodForm = z.strictObject({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  /** The papers it comes from, each as a line. */
  citations: z.array(z.string()).readonly(),
  parameters: z.array(Parameter).readonly(),
});
export type MethodForm = z.infer<typeof MethodForm>;
