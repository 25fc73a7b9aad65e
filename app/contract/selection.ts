import { z } from "zod";

/** Which voxels are kept of each subject, by what is seen in the rows that a fold fits to. */
export const Selection = z.strictObject({
  /**
   * "anova": the F of a one-way analysis of variance over conditions. "stability": how alike a voxel's profile over conditions
   * is from run to run. "between-subject-correlation": of a voxel's course with the mean of the others'.
   */
  name: z.enum(["anova", "stability", "between-subject-correlation"]),
  voxels: z.int().positive(),
  /** Numbers of voxels of which one is chosen in each fold, on the rows that it fits to; empty: the one above. */
  choose: z.array(z.int().min(2)).max(20).default([]),
});
export type Selection = z.infer<typeof Selection>;

/** The numbers of voxels to try: where there is one, there is nothing to choose. */
export function numbersOfVoxels({ voxels, choose }: Selection): readonly number[] {
  return choose.length === 0 ? [voxels] : [...new Set(choose)];
}

/** Whether a fold chooses how many are kept. */
export function choosesVoxels(selection: Selection | null): selection is Selection {
  return selection !== null && numbersOfVoxels(selection).length > 1;
}

/** How many voxels are kept of a subject at most, of so many. */
export function voxelsAtMost(selection: Selection | null, voxels: number): number {
  return selection === null ? voxels : Math.min(voxels, Math.max(...numbersOfVoxels(selection)));
}

/** What voxels are chosen by, in a list. */
export const selectionLabels: Readonly<Record<Selection["name"], string>> = {
  anova: "ANOVA over conditions",
  stability: "stability over runs",
  "between-subject-correlation": "correlation between subjects",
};
