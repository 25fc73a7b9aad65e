import { aligners } from "#app/align/aligners.ts";
import { type Cortex, cortexOf, onCortex } from "#app/align/cortex.ts";
import { inVolume, placesAt, type Surroundings } from "#app/align/searchlights.ts";
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
  const places = cortex === null ? voxelPlaces(grid, indices) : placesAt(cortex.points, indices);
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
export function cortexFiles(
  { cortex }: Pick<Dataset, "cortex">,
  plan: Pick<Plan, "method" | "searchlight">,
): string[] {
  if (cortex === null || !needsPlaces(plan)) return [];
  return [cortex.left, cortex.right].filter((path) => path !== null);
}

/** Where a Plan needs to know what lies where and nothing tells it. @throws Fault align/no-cortex, align/no-places */
export function refusePlaceless(dataset: Dataset, plan: Plan, grid: Grid): void {
  sidesOfPlan(dataset, plan, grid);
}

/**
 * The cortex in these files. Null of a volume, and where a Plan need not know what lies where.
 * @throws Fault align/no-cortex, align/no-places, and before anything is read; image/…
 */
export async function cortexOfPlan(dataset: Dataset, plan: Plan, grid: Grid): Promise<Cortex | null> {
  const meshes: SurfaceMesh[] = [];
  for (const { path, vertices } of sidesOfPlan(dataset, plan, grid)) {
    const mesh = await readMesh(path);
    if (mesh.points.length !== 3 * vertices)
      throw unreadable(path, `it does not have ${vertices} vertices any more`);
    meshes.push(mesh);
  }
  return meshes.length === 0 ? null : cortexOf(meshes);
}

/** The hemispheres of a surface grid and where their folded shapes lie; none where nobody asks. */
function sidesOfPlan({ cortex }: Dataset, plan: Plan, grid: Grid): { path: string; vertices: number }[] {
  if (grid.kind === "volume" || !needsPlaces(plan)) return [];
  const sides = hemispheres.flatMap((side) => {
    const columns = hemisphereColumns(grid, side);
    return columns === null ? [] : [{ path: cortex?.[side] ?? null, vertices: columns.count }];
  });
  if (grid.kind !== "surface" || sides.length === 0) throw placeless(grid);
  return sides.map(({ path, vertices }) => {
    if (path === null) throw placeless(grid);
    return { path, vertices };
  });
}

function needsPlaces({
  method: { name, others, on, pieces },
  searchlight,
}: Pick<Plan, "method" | "searchlight">): boolean {
  return (
    on.kind === "seeds" ||
    pieces.kind === "searchlights" ||
    searchlight !== null ||
    [name, ...others].some((one) => aligners[one]?.usesPlaces === true)
  );
}

function placeless({ kind }: Grid): Fault {
  return new Fault(kind === "surface" ? "align/no-cortex" : "align/no-places");
}
