import { z } from "zod";
import type { GridShape } from "./maps.ts";

export const hemispheres = ["left", "right"] as const;
export type HemisphereSide = (typeof hemispheres)[number];

/** A hemisphere's columns on a surface grid: the first, and how many; null where the grid has none of it. */
export function hemisphereColumns(
  { structures = [] }: Pick<z.infer<typeof GridShape>, "structures">,
  side: HemisphereSide,
): { readonly first: number; readonly count: number } | null {
  let first = 0;
  for (const { name, columns } of structures) {
    if (name.startsWith(side)) return { first, count: columns };
    first += columns;
  }
  return null;
}

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
