import { z } from "zod";
import { rotationParameters } from "./rotation-parameters.ts";
import { settlingTemplate } from "./template-parameters.ts";

/** Parameters of generalised Procrustes analysis. */
export const GeneralisedProcrustesParameters = z.strictObject({
  ...settlingTemplate,
  leaveOneOut: z.boolean().default(false).meta({
    title: "Leave each subject out",
    description:
      "Whether each subject is aligned to the mean of the others while the template is made, so that nobody's noise draws them to themselves.",
  }),
  ...rotationParameters,
});
export type GeneralisedProcrustesParameters = z.output<typeof GeneralisedProcrustesParameters>;
