import { z } from "zod";
import { geometryWeight, OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { templateIterations } from "./template-parameters.ts";

const { epsilon } = OptimalTransportParameters.shape;

/** Parameters of spectral optimal transport. */
export const SpectralTransportParameters = z.strictObject({
  geometry: geometryWeight("a voxel is sent to voxels near it"),
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
