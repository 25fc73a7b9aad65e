import { z } from "zod";

/** Spheres in which conditions are classified, each on its own; on a surface discs of the cortex. */
export const Searchlight = z.strictObject({
  radiusMm: z.number().min(0.1).max(100).default(9),
  /** How far apart centres are at most; null: every voxel is one. */
  spacingMm: z.number().min(0.1).max(100).nullable().default(null),
});
export type Searchlight = z.infer<typeof Searchlight>;

const SphereAccuracy = z.strictObject({
  /** Over the spheres that have one, mean over subjects. */
  mean: z.number(),
  highest: z.number(),
});

/** What was reached in them. */
export const SearchlightResult = z.strictObject({
  ...Searchlight.shape,
  spheres: z.int(),
  before: SphereAccuracy,
  after: SphereAccuracy.nullable(),
});
export type SearchlightResult = z.infer<typeof SearchlightResult>;
