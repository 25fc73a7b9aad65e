import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, scaled } from "#app/linalg/matrix.ts";
import { type Transform, timesMap, transposedMap } from "./transform.ts";
import type { WayBack } from "./way-back.ts";

/** Samples of a common space in a subject's own voxels, rows × V, and by which way. */
export interface BackProjected {
  readonly samples: Matrix;
  readonly way: "orthogonal" | "ridge";
}

/** A subject's transform, the way back where it is not orthogonal, and the samples aligned on in the space, T × k. */
export interface ThereAndBack {
  readonly transform: Transform;
  readonly back: WayBack | null;
  readonly commonSpace: Matrix;
}

/**
 * Common samples Y (rows × k) in the voxels of the subject whose transform is X ↦ (X − a)·W·s + b. Where W takes
 * orthonormal directions to orthonormal ones its transpose undoes it, exactly on what it keeps: X = (Y − b)/s·Wᵀ + a.
 * Else by regression: see `WayBack`.
 */
export function backProjected(
  linalg: Linalg,
  { transform, back, commonSpace }: ThereAndBack,
  common: Matrix,
): BackProjected {
  if (back === null) {
    const { offsetIn, offsetOut, scale, map } = transform;
    // A scale of 0 keeps nothing, and nothing comes back.
    const turned = scaled(lessOffsets(common, offsetOut), scale === 0 ? 0 : 1 / scale);
    const samples = timesMap(linalg, turned, transposedMap(map));
    return { samples: plusOffsets(samples, offsetIn), way: "orthogonal" };
  }
  const { matrix: space, means } = linalg.centre(commonSpace);
  const rows = lessOffsets(common, means);
  const inputs = back.kind === "columns" ? rows : linalg.multiply(rows, space, { right: true });
  return { samples: plusOffsets(linalg.multiply(inputs, back.matrix), back.offset), way: "ridge" };
}

function plusOffsets(samples: Matrix, offsets: Float64Array): Matrix {
  return lessOffsets(
    samples,
    offsets.map((value) => -value),
  );
}
