import type { Grid } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import {
  type HemisphereSide,
  hemisphereColumns,
  hemispheres,
  type SurfacePaths,
} from "#app/contract/surface.ts";
import { type BidsFile, isThere } from "./bids-files.ts";
import { verticesOfMesh } from "./gifti/surface-mesh.ts";

const [inflated, middle, pial, white] = [
  /(^|[^a-z])infl(ated)?([^a-z]|$)/i,
  /midthickness|graymid/i,
  /pial/i,
  /white|smoothwm/i,
] as const;

/**
 * What shapes are for, and those that serve, the best first: maps are looked at where they can be read, and distances are
 * measured where the cortex keeps its size. Spheres serve for neither.
 */
const shapesFor = {
  "looked at": [inflated, middle, pial, white],
  "measured along": [middle, white, pial],
} as const;
/** A study of native surfaces holds hundreds of them, of which few can fit. */
const mostLookedAt = 60;

/**
 * Where in a tree the shapes of a surface grid's hemispheres lie: of the files whose names say a shape and a side (as
 * fMRIPrep, the HCP and nilearn write them), the one that serves best with the grid's number of vertices. null where the
 * grid is no surface or none fits.
 */
export async function surfacePathsOf(
  files: readonly BidsFile[],
  grid: Grid,
  use: keyof typeof shapesFor,
): Promise<SurfacePaths | null> {
  if (grid.kind !== "surface") return null;
  const shapes: readonly RegExp[] = shapesFor[use];
  const found: Record<HemisphereSide, string | null> = { left: null, right: null };
  for (const side of hemispheres) {
    const columns = hemisphereColumns(grid, side);
    if (columns === null) continue;
    const fits = files
      .filter(
        (file) => isThere(file) && shapeRank(file.fileName, shapes) >= 0 && sideOf(file.fileName) === side,
      )
      .sort((a, b) => shapeRank(a.fileName, shapes) - shapeRank(b.fileName, shapes));
    found[side] = await firstOf(fits.slice(0, mostLookedAt), columns.count);
  }
  return found.left === null && found.right === null ? null : found;
}

async function firstOf(files: readonly BidsFile[], vertices: number): Promise<string | null> {
  for (const { path } of files) {
    const own = await verticesOfMesh(path).catch((error: unknown) => {
      // What can't be read is no shape to look at, and no fault of the study.
      if (error instanceof Fault) return null;
      throw error;
    });
    if (own === vertices) return path;
  }
  return null;
}

function shapeRank(name: string, shapes: readonly RegExp[]): number {
  if (!/\.gii(\.gz)?$/i.test(name) || /\.(func|label|shape)\.gii/i.test(name)) return -1;
  return shapes.findIndex((shape) => shape.test(name));
}

/** "hemi-L", ".L.", "pial.left.gii", "infl_right.gii", "lh.pial.gii". */
function sideOf(name: string): HemisphereSide | null {
  const told = /(?:^|[._-])(?:hemi-)?(left|right|lh|rh|[LR])(?=[._-])/i.exec(name)?.[1];
  if (told === undefined) return null;
  return /^l/i.test(told) ? "left" : "right";
}
