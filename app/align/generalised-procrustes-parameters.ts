import { z } from "zod";
import { rotationParameters } from "./rotation-parameters.ts";

/** Parameters of generalised Procrustes analysis. */
export const GeneralisedProcrustesParameters = z.strictObject({
  iterations: z.int().min(1).max(200).default(20).meta({
    title: "Iterations, at most",
    description: "How often all subjects are aligned to the template and it is made anew of them.",
  }),
  tolerance: z.number().min(0).max(0.1).default(0.001).meta({
    title: "Tolerance",
    description: "The template is done when it changes by no more than this share.",
  }),
  leaveOneOut: z.boolean().default(false).meta({
    title: "Leave each subject out",
    description:
      "Whether each subject is aligned to the mean of the others while the template is made, so that nobody's noise draws them to themselves.",
  }),
  ...rotationParameters,
});
export type GeneralisedProcrustesParameters = z.output<typeof GeneralisedProcrustesParameters>;
