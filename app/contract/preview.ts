import { z } from "zod";

export const roles = ["align", "select", "train", "test"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What a Plan will do, told before it is run. */
export const Preview = z.strictObject({
  /** Of each fold the roles of the parts of each run, for a subject tested and for the others. */
  folds: z
    .array(
      z.strictObject({
        id: z.string(),
        /** Whose test the roles are of: the one whom the fold tests, or the first of all. */
        tested: z.string(),
        /** Whether that subject alone is tested, and added to a space made without them. */
        newcomer: z.boolean(),
        /** Rows of a subject that this fold aligns on, and labelled ones in the runs that it tests. */
        rows: z.strictObject({ align: z.int(), classify: z.int() }),
        runs: z
          .array(
            z.strictObject({
              run: z.string(),
              volumes: z.int(),
              /** From first to last volume, gaps among them. */
              parts: z
                .array(
                  z.strictObject({
                    from: z.int(),
                    to: z.int(),
                    tested: z.array(Role).readonly(),
                    others: z.array(Role).readonly(),
                  }),
                )
                .readonly(),
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
