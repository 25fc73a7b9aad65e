import { z } from "zod";

/** Conditions × conditions, row by row; null where two were never seen together. */
export const ConditionTable = z.array(z.array(z.number().nullable()).readonly()).readonly();

export type ConditionTable = z.infer<typeof ConditionTable>;

/** By what two conditions of a subject are told to differ. */
export const DissimilarityName = z.enum(["correlation", "euclidean", "mahalanobis", "crossnobis"]);
export type DissimilarityName = z.infer<typeof DissimilarityName>;

/** In a list. */
export const dissimilarityLabels: Readonly<Record<DissimilarityName, string>> = {
  correlation: "1 − correlation",
  euclidean: "squared Euclidean distance",
  mahalanobis: "Mahalanobis distance",
  crossnobis: "cross-validated Mahalanobis distance",
};

/** How conditions are compared, and with what. */
export const SimilaritySettings = z.strictObject({
  dissimilarity: DissimilarityName.default("correlation"),
  /** Tables of conditions by conditions that are held against the subjects' dissimilarities. */
  models: z
    .array(z.strictObject({ name: z.string().min(1).max(200), path: z.string().min(1) }))
    .max(50)
    .default([]),
});
export type SimilaritySettings = z.infer<typeof SimilaritySettings>;

/** How alike patterns of conditions are, of samples held out. */
export const SimilaritySide = z.strictObject({
  /** Conditions × conditions: correlation of a subject's mean pattern with another's, over all pairs of subjects. */
  between: ConditionTable,
  /** By the measure asked for within a subject, mean over subjects. */
  dissimilarity: ConditionTable,
  /** Of each model, subject by subject, Spearman's correlation with their dissimilarities; null where these do not vary. */
  models: z
    .array(z.strictObject({ name: z.string(), perSubject: z.array(z.number().nullable()).readonly() }))
    .readonly()
    .default([]),
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

export const Similarity = z.strictObject({
  dissimilarity: DissimilarityName.default("correlation"),
  anatomical: SimilaritySide,
  aligned: SimilaritySide,
});
export type Similarity = z.infer<typeof Similarity>;
