import type { Aligner, AlignSubject } from "#app/align/aligner.ts";
import { inParcels } from "#app/align/in-parcels.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import type { Grid } from "#app/contract/dataset.ts";
import type { AlignOn, Pieces } from "#app/contract/plan.ts";
import type { Staged } from "#app/linalg/task.ts";
import { SEED_TASKS } from "./connectivity.ts";
import { parcelsOf } from "./fold-parcels.ts";
import { spheresOn } from "./spheres-on.ts";
import { surroundingsIn, type VoxelGrid } from "./voxel-grid.ts";

/** What a method is used on, and how its space is cut. */
export interface Cut {
  readonly on: AlignOn;
  readonly pieces: Pieces;
  readonly seed: number;
  readonly space: VoxelGrid;
}

/**
 * The method as it is used on a fold's subjects: whole, or in pieces, of which parcels are made of the rows aligned on.
 * @throws Fault region/not-volume, region/too-few; of the searchlights' fit align/no-cortex, align/no-places
 */
export function* inPieces(
  aligner: Aligner,
  subjects: readonly AlignSubject[],
  { pieces, seed, space }: Omit<Cut, "on">,
): Staged<Aligner> {
  if (pieces.kind === "whole") return aligner;
  if (pieces.kind === "searchlights")
    return inSearchlights(aligner, pieces, ({ voxels }) => surroundingsIn(space, voxels));
  return inParcels(aligner, yield* parcelsOf(subjects, { ...pieces, seed }, space));
}

/** What a fit is of, in numbers, and where its voxels lie. */
export interface FitSize {
  readonly subjects: number;
  readonly voxels: number;
  readonly grid: Grid | null;
}

/** How many tasks a fit takes, those of making parcels and connectomes among them. */
export function tasksOfCut(
  aligner: Aligner,
  { on, pieces }: Pick<Cut, "on" | "pieces">,
  { subjects, parameters, voxels, grid }: FitSize & { readonly parameters: unknown },
): number {
  const targets =
    on.kind === "connectivity"
      ? 1
      : on.kind === "seeds" && on.components !== null
        ? subjects + SEED_TASKS
        : 0;
  const before = on.kind === "samples" ? 0 : subjects + targets;
  if (pieces.kind === "parcels") return before + 1 + pieces.count + subjects;
  if (pieces.kind === "whole") return before + aligner.tasksOfFit(subjects, parameters, voxels);
  const centresIn = (own: number) => Math.round(spheresOn(grid, own).count(pieces.spacingMm));
  const used = inSearchlights(aligner, pieces, undefined, centresIn);
  return before + used.tasksOfFit(subjects, parameters, voxels);
}
