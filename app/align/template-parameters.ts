import { z } from "zod";

/** Of methods that make a template anew of what is brought to it, so many times. */
export const templateIterations = z.int().min(0).max(20).default(2).meta({
  title: "Iterations",
  description: "How often the template is made anew of what was brought to it.",
});

/** Of methods that go on until the template settles. */
export const settlingTemplate = {
  iterations: z.int().min(1).max(200).default(20).meta({
    title: "Iterations, at most",
    description: "How often all subjects are aligned to the template and it is made anew of them.",
  }),
  tolerance: z.number().min(0).max(0.1).default(0.001).meta({
    title: "Tolerance",
    description: "The template is done when it changes by no more than this share.",
  }),
};
