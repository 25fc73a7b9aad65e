import { z } from "zod";
import { OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { templateIterations } from "./template-parameters.ts";

const { epsilon } = OptimalTransportParameters.shape;

/** Parameters of spectral optimal transport. */
export const SpectralTransportParameters = z.strictObject({
  geometry: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({
      title: "Weight of the geometry",
      description:
        "How much it counts that a voxel is sent to voxels near it, against that their time courses are alike. 0: optimal transport, which does not know where voxels lie; 1: places alone.",
      tries: [0.02, 0.1, 0.5],
    }),
  modes: z
    .int()
    .min(1)
    .max(500)
    .default(10)
    .meta({
      title: "Modes",
      description:
        "By how many of the smoothest patterns over the region it is said where a voxel lies. Few tell its parts from each other, many its single voxels.",
      tries: [5, 10, 30],
    }),
  epsilon,
  templateIterations,
});
export type SpectralTransportParameters = z.output<typeof SpectralTransportParameters>;
