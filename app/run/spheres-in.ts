import { centresOf, type Surroundings } from "#app/align/searchlights.ts";
import type { Searchlight } from "#app/contract/searchlight.ts";
import type { Spheres } from "#app/evaluate/searchlight/spheres.ts";

/** Spheres of a radius, on a surface discs; their centres are every voxel, or no further apart than the spacing. */
export function spheresIn(surroundings: Surroundings, { radiusMm, spacingMm }: Searchlight): Spheres {
  const centres = centresOf(surroundings, spacingMm);
  const near = surroundings.nearby(radiusMm);
  const starts = new Int32Array(centres.length + 1);
  const found: Int32Array[] = [];
  for (let at = 0; at < centres.length; at++) {
    const { columns } = near(centres[at] as number);
    found.push(columns);
    starts[at + 1] = (starts[at] as number) + columns.length;
  }
  const members = new Int32Array(starts[centres.length] as number);
  for (const [at, columns] of found.entries()) members.set(columns, starts[at]);
  return { centres, starts, members };
}
