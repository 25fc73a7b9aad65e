import { z } from "zod";

/** Where the arrays of a Results folder lie. All are little-endian and row-major in the order named. */
export const mapFiles = {
  /** int32, V: linear voxel index i + nx·(j + ny·k) of each of the region's voxels. */
  voxels: "maps/voxels.i32",
  /** float32, subjects × conditions × V: mean of the held-out samples of a condition (z-scored units). */
  patterns: { before: "maps/patterns-before.f32", after: "maps/patterns-after.f32" },
  /** float32, subjects × V: correlation of a subject's held-out rows with the mean of the others'. */
  isc: { before: "maps/isc-before.f32", after: "maps/isc-after.f32" },
  /**
   * float32, 5 × V, where it was asked for: the group's correlation, and p that it is higher than by chance: uncorrected, as
   * the false discovery rate, corrected by the highest of all voxels in each draw, and that of the cluster that a voxel lies in,
   * by the largest in each draw (1 outside clusters, NaN where voxels have no neighbours).
   */
  iscTest: { before: "maps/isc-test-before.f32", after: "maps/isc-test-after.f32" },
  /**
   * float32, V, where it was asked for: accuracy between subjects in the sphere around a voxel, mean over subjects; of a
   * voxel that is no centre the mean of the spheres that it lies in, NaN of one in none.
   */
  searchlight: { before: "maps/searchlight-before.f32", after: "maps/searchlight-after.f32" },
  /** float32, V × subjects × rows: a voxel's held-out rows of all subjects lie together. */
  timeCourses: { before: "maps/timecourses-before.f32", after: "maps/timecourses-after.f32" },
} as const;

/**
 * The lattice that voxels are counted on. A volume has places in mm; of a surface (left hemisphere's vertices before
 * the right's), of grayordinates and of columns without known places only the first dimension counts.
 */
export const GridShape = z.strictObject({
  kind: z.enum(["volume", "surface", "grayordinates", "columns"]).default("volume"),
  dimensions: z.tuple([z.number(), z.number(), z.number()]).readonly(),
  /** 4 × 4, row-major, voxel index → mm; of a volume only, else the identity. */
  affine: z.array(z.number()).readonly(),
  /** Of a surface and of grayordinates: what the columns belong to, in order. Their columns add up to all. */
  structures: z
    .array(z.strictObject({ name: z.string(), columns: z.int() }))
    .readonly()
    .exactOptional(),
  /**
   * Of grayordinates: stands for which vertex or voxel each column is (the brain models), so that the columns of two
   * files are compared without keeping tens of thousands of indices with every file.
   */
  digest: z.string().exactOptional(),
});

/**
 * What the maps of a run are of (maps.json). Only rows that no alignment has seen are shown: each fold's held-out
 * rows, before and after that fold's transforms. "After" is NaN at voxels that the common space does not have.
 */
export const Maps = z.strictObject({
  grid: GridShape,
  voxels: z.int(),
  subjects: z.array(z.string()).readonly(),
  conditions: z.array(z.string()).readonly(),
  /** The rows of the time courses: their run, seconds from its start, and label. */
  rows: z
    .array(z.strictObject({ run: z.string(), onset: z.number(), label: z.string().nullable() }))
    .readonly(),
  /** Whether there is an "after": not under a protocol without alignment. */
  aligned: z.boolean(),
});
export type Maps = z.infer<typeof Maps>;
