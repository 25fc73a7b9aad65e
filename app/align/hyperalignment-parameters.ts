import { z } from "zod";
import { referenceParameter, rotationParameters } from "./rotation-parameters.ts";

/** Parameters of Procrustes hyperalignment; the defaults are PyMVPA's. */
export const HyperalignmentParameters = z.strictObject({
  level2Iterations: z.int().min(0).max(20).default(1).meta({
    title: "Level 2 iterations",
    description: "How often every subject is aligned anew to the mean of the others.",
  }),
  ...referenceParameter,
  order: z.enum(["as listed", "reversed", "shuffled"]).default("as listed").meta({
    title: "Order of level 1",
    description:
      "In which order subjects join the running space after the reference. Results that change with it are no property of the data.",
  }),
  zscoreCommon: z.boolean().default(true).meta({
    title: "Z-score the common space",
    description: "Whether every intermediate space is z-scored by voxel.",
  }),
  equalWeights: z.boolean().default(false).meta({
    title: "Equal weights in level 1",
    description: "Off: the running space and the next subject count alike, so later subjects weigh more.",
  }),
  alpha: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .meta({
      title: "Regularisation (alpha)",
      description:
        "1: hyperalignment. Less evens out how much each direction of a subject's voxels varies, before the rotation, down to 0, where all count alike as in canonical correlation. It does not depend on how many samples there are.",
      tries: [0.2, 0.5, 0.8, 1],
    }),
  components: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({
      title: "Components",
      description:
        "Keeps so many principal components of the common space in place of its voxels. None: keeps all voxels.",
      tries: [10, 20, 50, 100],
    }),
  weighted: z.boolean().default(true).meta({
    title: "Weigh components by reliability",
    description:
      "Whether each component counts as much as subjects agree on it. Of no effect where voxels are kept.",
  }),
  ...rotationParameters,
});
export type HyperalignmentParameters = z.output<typeof HyperalignmentParameters>;
