import { z } from "zod";
import { geometryWeight, OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { templateIterations } from "./template-parameters.ts";

const { epsilon } = OptimalTransportParameters.shape;

/** Parameters of fused Gromov–Wasserstein transport. */
export const FusedGromovWassersteinParameters = z.strictObject({
  geometry: geometryWeight("voxels near each other are sent to voxels near each other"),
  epsilon,
  templateIterations,
});
export type FusedGromovWassersteinParameters = z.output<typeof FusedGromovWassersteinParameters>;
