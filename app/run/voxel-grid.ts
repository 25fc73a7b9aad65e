import { aligners } from "#app/align/aligners.ts";
import { type Cortex, cortexOf, onCortex } from "#app/align/cortex.ts";
import { placesAt } from "#app/align/pieces.ts";
import { inVolume, type Surroundings } from "#app/align/searchlights.ts";
import type { Dataset, Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import { hemisphereColumns, hemispheres, type SurfaceMesh } from "#app/contract/surface.ts";
import { readMesh } from "#app/dataset/gifti/surface-mesh.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { voxelPlaces } from "#app/prepare/voxel-places.ts";

/** The voxels of a dataset that a run uses. */
export interface VoxelGrid {
  readonly grid: Grid;
  /** Linear on the grid, ascending. */
  readonly indices: Int32Array;
  /** V × 3 in mm; null where there are none. */
  readonly places: Float64Array | null;
  /** The cortex whose vertices the columns of a surface grid are; null of other grids, and where nobody needs it. */
  readonly cortex: Cortex | null;
}

export function voxelGrid(grid: Grid, indices: Int32Array, cortex: Cortex | null): VoxelGrid {
  const places = cortex === null ? voxelPlaces(grid, indices) : onCortex(cortex, indices).places;
  return { grid, indices, places, cortex };
}

/** Some of the voxels, by number, with what is near each of them. @throws Fault align/no-cortex, align/no-places */
export function surroundingsIn(
  { grid, indices, places, cortex }: VoxelGrid,
  voxels: Int32Array = Int32Array.from(indices.keys()),
): Surroundings {
  if (cortex !== null)
    return onCortex(
      cortex,
      voxels.map((voxel) => indices[voxel] as number),
    );
  if (places === null) throw placeless(grid);
  return inVolume(placesAt(places, voxels));
}

/** The files of the folded cortex that a Plan's distances are measured along; none where it measures none. */
export function cortexFiles({ cortex }: Pick<Dataset, "cortex">, plan: Pick<Plan, "method">): string[] {
  if (cortex === null || !needsPlaces(plan)) return [];
  return [cortex.left, cortex.right].filter((path) => path !== null);
}

/**
 * The cortex in these files. Null of a volume, and where a Plan need not know what lies where.
 * @throws Fault align/no-cortex, align/no-places, and before anything is read; image/…
 */
export async function cortexOfPlan(dataset: Dataset, plan: Plan, grid: Grid): Promise<Cortex | null> {
  if (grid.kind === "volume" || !needsPlaces(plan)) return null;
  const sides = hemispheres.filter((side) => hemisphereColumns(grid, side) !== null);
  const paths = sides.map((side) => dataset.cortex?.[side] ?? null);
  if (grid.kind !== "surface" || paths.length === 0 || paths.includes(null)) throw placeless(grid);
  const meshes: SurfaceMesh[] = [];
  for (const [at, side] of sides.entries()) {
    const path = paths[at] as string;
    const mesh = await readMesh(path);
    const count = hemisphereColumns(grid, side)?.count ?? 0;
    if (mesh.points.length !== 3 * count)
      throw unreadable(path, `it does not have ${count} vertices any more`);
    meshes.push(mesh);
  }
  return cortexOf(meshes);
}

function needsPlaces({ method: { name, on, pieces } }: Pick<Plan, "method">): boolean {
  return on.kind === "seeds" || pieces.kind === "searchlights" || aligners[name]?.usesPlaces === true;
}

function placeless({ kind }: Grid): Fault {
  return new Fault(kind === "surface" ? "align/no-cortex" : "align/no-places");
}
