import type { Matrix } from "#app/linalg/matrix.ts";
import type { PanelFile } from "#app/scratch/panel-file.ts";

/**
 * A transform of voxels to the same voxels of which nothing of V × V, and nothing of T × V, is in memory:
 * X ↦ (X − a)·(J + Σᵢⱼ rowsᵢᵀ·coreᵢⱼ·rowsⱼ)·scale + c, where rows₀ are the subject's samples that were aligned, less their
 * means a, rows₁ those of the common space, less its means c, and J is the identity, or nothing.
 */
export interface StreamedTransform {
  readonly samples: PanelFile;
  readonly space: PanelFile;
  /** T × T each; by the side of the subject, then by that of the space. */
  readonly core: readonly (readonly Matrix[])[];
  /** What the core's second index stands for: the rows of both, or of the space alone. */
  readonly identity: boolean;
  readonly scale: number;
}

/** A common space (T × V, in a file) and every subject's transform to it. */
export interface StreamedAlignment {
  readonly space: PanelFile;
  readonly transforms: readonly StreamedTransform[];
}
