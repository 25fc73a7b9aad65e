import { z } from "zod";

/** Of methods that know where voxels lie as well: how much it counts that something of the kind of `nearness` holds. */
export function geometryWeight(nearness: string) {
  return z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({
      title: "Weight of the geometry",
      description: `How much it counts that ${nearness}, against that their time courses are alike. 0: optimal transport, which does not know where voxels lie; 1: places alone.`,
      tries: [0.02, 0.1, 0.5],
    });
}

/** Parameters of entropic optimal transport; the defaults are fmralign's. */
export const OptimalTransportParameters = z.strictObject({
  epsilon: z
    .number()
    .min(0.001)
    .max(10)
    .default(0.01)
    .meta({
      title: "Entropic regularisation",
      description:
        "In units of the largest difference between two voxels. Little sends each voxel to one or two others, much spreads it over many, which smooths.",
      tries: [0.003, 0.01, 0.03],
    }),
  marginalRelaxation: z.number().min(0.001).max(1000).nullable().default(null).meta({
    title: "Relaxed marginals",
    description:
      "What it costs a voxel to send or receive more or less than the others, in the same units. None: every voxel sends and receives alike.",
  }),
  templateIterations: z.int().min(0).max(20).default(2).meta({
    title: "Template iterations",
    description: "How often all subjects are aligned to the template and the template is made anew of them.",
  }),
});
export type OptimalTransportParameters = z.output<typeof OptimalTransportParameters>;
