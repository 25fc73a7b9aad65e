import { z } from "zod";

/** What of an atlas, or which parcels, can be chosen. */
export const RegionList = z.strictObject({
  labels: z
    .array(
      z.strictObject({
        /** The value in the label image, or the parcel's number. */
        value: z.int(),
        /** By the atlas's table, else the value. */
        name: z.string(),
        /** Voxels on the grid of the images, and those of them in every subject's brain mask. */
        voxels: z.int(),
        brainVoxels: z.int(),
      }),
    )
    .readonly(),
  /** Whether the atlas lay on another grid, so that the nearest of its voxels were counted. */
  resampled: z.boolean(),
});
export type RegionList = z.infer<typeof RegionList>;
