import { z } from "zod";
import { OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { templateIterations } from "./template-parameters.ts";

const { epsilon } = OptimalTransportParameters.shape;

/** Parameters of fused Gromov–Wasserstein transport. */
export const FusedGromovWassersteinParameters = z.strictObject({
  geometry: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({
      title: "Weight of the geometry",
      description:
        "How much it counts that voxels near each other are sent to voxels near each other, against that their time courses are alike. 0: optimal transport, which does not know where voxels lie; 1: places alone.",
      tries: [0.02, 0.1, 0.5],
    }),
  epsilon,
  templateIterations,
});
export type FusedGromovWassersteinParameters = z.output<typeof FusedGromovWassersteinParameters>;
