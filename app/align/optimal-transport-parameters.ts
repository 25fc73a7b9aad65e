import { z } from "zod";

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
