import { z } from "zod";

/** Parameters of reliability-weighted regularised MCCA. */
export const MccaParameters = z.strictObject({
  components: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .meta({
      title: "Components",
      description:
        "Columns of the common space, at most the samples aligned on. With weights the number matters little.",
      tries: [20, 50, 100, 200],
    }),
  ridge: z
    .number()
    .min(0.001)
    .max(1000)
    .default(0.3)
    .meta({
      title: "Ridge",
      description:
        "How strongly weak directions of a subject are damped, in units of the mean square of its singular values: little keeps all that subjects share, much keeps to what varies most.",
      tries: [0.03, 0.1, 0.3, 1, 3],
    }),
  weighted: z.boolean().default(true).meta({
    title: "Weight by reliability",
    description: "Whether a component counts as much as subjects agree on it in the samples aligned on.",
  }),
});
export type MccaParameters = z.output<typeof MccaParameters>;
