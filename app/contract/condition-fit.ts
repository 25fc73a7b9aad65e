import { z } from "zod";
import { Claim } from "./claim.ts";

/** What to compare with the common space. */
export const FitRequest = z.strictObject({
  subject: z.string().min(1),
  run: z.string().min(1),
  /** A dataset (its folder or file) that the run is of; null where it is the Plan's. */
  data: z.string().min(1).max(4096).nullable().default(null),
  /** As the Plan aligns on them (volumes, mostly), or as it classifies them, whose labels are not used. */
  samples: z.enum(["volumes", "events"]),
  /** Whether the space is built without the subject, who is added to it. */
  newSubject: z.boolean().default(false),
});
export type FitRequest = z.infer<typeof FitRequest>;

/** How well samples of a subject fit each condition, as the other subjects' mean patterns have it in the common space. */
export const ConditionFit = z.strictObject({
  subject: z.string(),
  run: z.string(),
  claim: Claim,
  conditions: z.array(z.string()).readonly(),
  /** The runs that the space was fitted on, and those of the others' patterns. */
  fitRuns: z.array(z.string()).readonly(),
  patternRuns: z.array(z.string()).readonly(),
  rows: z
    .array(
      z.strictObject({
        /** Seconds from the start of the run. */
        onset: z.number(),
        /** Correlation with each condition; null of a sample that does not vary over columns. */
        scores: z.array(z.number()).readonly().nullable(),
        /** The condition with the highest score, and by how much it is ahead of the second. */
        best: z.string().nullable(),
        margin: z.number().nullable(),
        /** The subject's own label, where there is one: it is not used. */
        label: z.string().nullable(),
      }),
    )
    .readonly(),
  /** Share of the rows with a label of these conditions whose best is that; null where none has one. */
  accuracy: z.number().nullable(),
  chance: z.number(),
});
export type ConditionFit = z.infer<typeof ConditionFit>;
