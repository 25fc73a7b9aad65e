import { z } from "zod";
import { SrmParameters } from "./srm-parameters.ts";

const { components, iterations, tolerance, weighted } = SrmParameters.shape;

/**
 * Parameters of the robust shared response model. BrainIAK's gamma is 1, which sets a third of all noise apart; 3 matched
 * more of a film's moments on the samples aligned on alone (docs/methods-measured.md).
 */
export const RobustSrmParameters = z.strictObject({
  components,
  gamma: z
    .number()
    .min(0.001)
    .max(1000)
    .default(3)
    .meta({
      title: "Gamma",
      description:
        "How far, in standard deviations of a voxel, a sample may be from what is shared before the rest of the way is set apart as the subject's own. Large: little is, as in the plain model.",
      tries: [0.3, 1, 3],
    }),
  iterations,
  tolerance,
  weighted,
});
export type RobustSrmParameters = z.output<typeof RobustSrmParameters>;
