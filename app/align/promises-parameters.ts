import { z } from "zod";
import { settlingTemplate } from "./template-parameters.ts";

/** Parameters of the ProMises model. */
export const PromisesParameters = z.strictObject({
  prior: z
    .number()
    .min(0)
    .max(1000)
    .default(0.0001)
    .meta({
      title: "Weight of the prior",
      description:
        "How strongly a voxel is held to what lies near it. 0: not at all, as in generalised Procrustes; much leaves the data where anatomy has them.",
      tries: [0.0001, 0.001, 0.01, 0.1, 1],
    }),
  reachMm: z
    .number()
    .min(0.1)
    .max(100)
    .default(3)
    .meta({
      title: "Reach of the prior (mm)",
      description: "The distance at which the prior has fallen to a third (1/e).",
      tries: [1.5, 3, 6, 12],
    }),
  ...settlingTemplate,
});
export type PromisesParameters = z.output<typeof PromisesParameters>;
