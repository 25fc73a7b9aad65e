import { z } from "zod";

export const roles = ["align", "select", "train", "test"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What a Plan will do, told before it is run. */
export const Preview = z.strictObject({
  /** In each fold every subject is tested in turn: the roles of a run for the tested subject and for the others. */
  folds: z
    .array(
      z.strictObject({
        id: z.string(),
        /** Rows of a subject that this fold aligns on, and labelled ones in the runs that it tests. */
        rows: z.strictObject({ align: z.int(), classify: z.int() }),
        runs: z
          .array(
            z.strictObject({
              run: z.string(),
              tested: z.array(Role).readonly(),
              others: z.array(Role).readonly(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
  subjects: z.array(z.string()).readonly(),
  voxels: z.int(),
  /** Whether there may be fewer: of parcels that are not made yet. */
  voxelsAtMost: z.boolean(),
  /** Whether the mask or atlas lies on another grid and is resampled to the nearest voxel. */
  resampled: z.boolean(),
  /** Rows of a subject to align on, and labelled ones to classify, of the whole dataset. */
  rows: z.strictObject({ align: z.int(), classify: z.int() }),
  conditions: z.array(z.string()).readonly(),
  /** Rough: seconds of the whole run on this machine, and bytes of memory at its peak. */
  seconds: z.number(),
  memoryBytes: z.number(),
});
export type Preview = z.infer<typeof Preview>;
