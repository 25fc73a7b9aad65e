import { z } from "zod";

/** Which voxels are kept of each subject, by what is seen in the rows that a fold fits to. */
export const Selection = z.strictObject({
  /**
   * "anova": the F of a one-way analysis of variance over conditions. "stability": how alike a voxel's profile over conditions
   * is from run to run. "between-subject-correlation": of a voxel's course with the mean of the others'.
   */
  name: z.enum(["anova", "stability", "between-subject-correlation"]),
  voxels: z.int().positive(),
});
export type Selection = z.infer<typeof Selection>;

/** What voxels are chosen by, in a list. */
export const selectionLabels: Readonly<Record<Selection["name"], string>> = {
  anova: "ANOVA over conditions",
  stability: "stability over runs",
  "between-subject-correlation": "correlation between subjects",
};
