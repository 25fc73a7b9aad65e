import { z } from "zod";

/** Parameters of Procrustes hyperalignment; the defaults are PyMVPA's. */
export const HyperalignmentParameters = z.strictObject({
  level2Iterations: z.int().min(0).max(20).default(1).meta({
    title: "Level 2 iterations",
    description: "How often every subject is aligned anew to the mean of the others.",
  }),
  reference: z.int().min(0).nullable().default(null).meta({
    title: "Reference subject",
    description: "The subject, counted from 0, whose space is started from. None: the one with most voxels.",
  }),
  zscoreCommon: z.boolean().default(true).meta({
    title: "Z-score the common space",
    description: "Whether every intermediate space is z-scored by voxel.",
  }),
  equalWeights: z.boolean().default(false).meta({
    title: "Equal weights in level 1",
    description: "Off: the running space and the next subject count alike, so later subjects weigh more.",
  }),
  scaling: z.boolean().default(true).meta({
    title: "Scaling",
    description: "Whether a transform may scale as well as rotate.",
  }),
  completion: z.enum(["closest-to-identity", "thin"]).default("closest-to-identity").meta({
    title: "Undetermined directions",
    description:
      "Fewer samples than voxels leave directions open: turn them as little as possible, or drop them.",
  }),
});
export type HyperalignmentParameters = z.output<typeof HyperalignmentParameters>;
