import { Fault } from "#app/contract/fault.ts";
import {
  type HemisphereSide,
  hemisphereColumns,
  type SurfaceMesh,
  type Surfaces,
} from "#app/contract/surface.ts";
import { readMesh } from "#app/dataset/gifti/surface-mesh.ts";
import type { Run } from "#app/results/run-folder.ts";

/** The shapes of a run's hemispheres; null of one that is not known, or whose file is gone or another by now. */
export async function runSurfaces({ maps, origin }: Pick<Run, "maps" | "origin">): Promise<Surfaces> {
  const of = async (side: HemisphereSide): Promise<SurfaceMesh | null> => {
    const path = origin.surfaces?.[side] ?? null;
    const columns = hemisphereColumns(maps.grid, side);
    if (path === null || columns === null) return null;
    try {
      const mesh = await readMesh(path);
      return mesh.points.length === 3 * columns.count ? mesh : null;
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  };
  return { left: await of("left"), right: await of("right") };
}
