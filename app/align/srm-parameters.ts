import { z } from "zod";

const components = z
  .int()
  .min(1)
  .max(1000)
  .default(20)
  .meta({
    title: "Components",
    description: "Columns of the shared space, at most the samples and the voxels of every subject.",
    tries: [10, 20, 50, 100],
  });
const iterations = z.int().min(1).max(500).default(20).meta({
  title: "Iterations",
  description: "At most so many; fewer where what is made best changes no more.",
});
const tolerance = z.number().min(0).max(0.1).default(1e-6).meta({
  title: "Tolerance",
  description: "Iterations stop when what is made best changes by less than this share of itself.",
});
const weighted = z.boolean().default(true).meta({
  title: "Weight by reliability",
  description:
    "Whether a component counts as much as subjects' projections on it correlate in the samples aligned on. The model of the paper has no such weights: off is that. Matching of moments gains by them.",
});

/** Parameters of the shared response models. */
export const SrmParameters = z.strictObject({ components, iterations, tolerance, weighted });
export type SrmParameters = z.output<typeof SrmParameters>;
