import { z } from "zod";

/** Conditions × conditions, row by row; null where two were never seen together. */
export const ConditionTable = z.array(z.array(z.number().nullable()).readonly()).readonly();

export type ConditionTable = z.infer<typeof ConditionTable>;

/** How alike patterns of conditions are, of samples held out. */
export const SimilaritySide = z.strictObject({
  /** Conditions × conditions: correlation of a subject's mean pattern with another's, over all pairs of subjects. */
  between: ConditionTable,
  /** 1 − correlation within a subject, mean over subjects. */
  dissimilarity: ConditionTable,
  /** Of each subject the Spearman correlation of their dissimilarities with the others' mean, and with all's. */
  agreement: z
    .strictObject({ lower: z.array(z.number()).readonly(), upper: z.array(z.number()).readonly() })
    .nullable(),
  /** Subjects × conditions, subject by subject: places in a plane that keeps the distances of patterns best. */
  places: z
    .array(z.tuple([z.number(), z.number()]).readonly())
    .readonly()
    .nullable(),
});
export type SimilaritySide = z.infer<typeof SimilaritySide>;

export const Similarity = z.strictObject({ anatomical: SimilaritySide, aligned: SimilaritySide });
export type Similarity = z.infer<typeof Similarity>;
