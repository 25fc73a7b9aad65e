import { z } from "zod";
import { rotationParameters } from "./rotation-parameters.ts";

/** How the template of `warp` is made. */
export const templateParameters = {
  template: z.enum(["pca", "pcav1", "pcav2"]).default("pca").meta({
    title: "Template",
    description:
      "Principal components of all subjects' voxels, as they are (pca), or each scaled by the arithmetic (pcav1) or geometric (pcav2) mean of what subjects have of it: little for what only few subjects have.",
  }),
  components: z
    .int()
    .min(1)
    .max(5000)
    .nullable()
    .default(null)
    .meta({
      title: "Components of the template",
      description: "How many components the template keeps. None: as many as it has voxels.",
      tries: [10, 20, 50, 100],
    }),
};

/** Parameters of maps onto a PCA template. */
export const WarpParameters = z.strictObject({
  ...templateParameters,
  map: z.enum(["ridge", "rotation"]).default("ridge").meta({
    title: "Map",
    description: "How subjects come to the template: by ridge regression, or by a rotation.",
  }),
  ridge: z
    .number()
    .min(0.0001)
    .max(100_000)
    .default(1)
    .meta({
      title: "Ridge",
      description:
        "How strongly weak directions of a subject are damped, in units of the mean square of its singular values. Of no effect on rotations.",
      tries: [0.03, 0.1, 0.3, 1, 3, 10],
    }),
  bags: z.int().min(0).max(200).default(0).meta({
    title: "Bags of samples",
    description:
      "The mean of so many ridge regressions, each of samples drawn anew from all but a fifth of the time, which is left out in blocks of 4 samples with 4 beside them. It damps what only few samples say, and takes as many times as long. 0: one regression, of all samples. Of no effect on rotations.",
  }),
  ...rotationParameters,
});
export type WarpParameters = z.output<typeof WarpParameters>;
