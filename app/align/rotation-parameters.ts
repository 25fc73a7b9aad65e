import { z } from "zod";

/** What every method that rotates asks for. */
export const rotationParameters = {
  scaling: z.boolean().default(true).meta({
    title: "Scaling",
    description: "Whether a transform may scale as well as rotate.",
  }),
  reflection: z.boolean().default(true).meta({
    title: "Reflections",
    description:
      "Whether a transform may reflect. It matters where there are more samples than voxels: with fewer some rotation fits as well as any reflection.",
  }),
  completion: z.enum(["closest-to-identity", "thin"]).default("closest-to-identity").meta({
    title: "Undetermined directions",
    description:
      "Fewer samples than voxels leave directions open: turn them as little as possible, or drop them.",
  }),
};

/** Of methods that start from one subject. */
export const referenceParameter = {
  reference: z.int().min(0).nullable().default(null).meta({
    title: "Reference subject",
    description:
      "The subject, counted from 0, whose voxels the others are brought to. None: the one with most voxels.",
  }),
};
