import { z } from "zod";

export const hemispheres = ["left", "right"] as const;
export type HemisphereSide = (typeof hemispheres)[number];

/** Files that hold the shapes of the hemispheres that a surface grid's vertices lie on; null where none is known. */
export const SurfacePaths = z.strictObject({ left: z.string().nullable(), right: z.string().nullable() });
export type SurfacePaths = z.infer<typeof SurfacePaths>;

/** One hemisphere's shape: x, y, z in mm of each vertex (3V), and the three vertices of each triangle (3F). */
export const SurfaceMesh = z.strictObject({
  points: z.instanceof(Float32Array),
  triangles: z.instanceof(Uint32Array),
});
export type SurfaceMesh = z.infer<typeof SurfaceMesh>;

export const Surfaces = z.strictObject({ left: SurfaceMesh.nullable(), right: SurfaceMesh.nullable() });
export type Surfaces = z.infer<typeof Surfaces>;
