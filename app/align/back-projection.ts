import { largestEigenvalue, solveShifted } from "#app/linalg/conjugate-gradients.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { lessOffsets, type Matrix, matrixFrom, scaled } from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { norm } from "#app/linalg/vector.ts";
import { type Transform, timesMap, transposedMap } from "./transform.ts";

/** Samples of a common space in a subject's own voxels, rows × V, and by which way. */
export interface BackProjected {
  readonly samples: Matrix;
  readonly way: "orthogonal" | "ridge";
}

/** A map is taken for one of orthonormal directions if W·Wᵀ·W differs from W by no more than this share. */
const ORTHOGONAL = 1e-6;
/** That is seen by so many rows of noise. */
const PROBES = 3;
/** The largest singular value need not be known closely. */
const POWERS = 30;

/**
 * Common samples Y (rows × k) in the voxels of the subject whose transform is X ↦ (X − a)·W·s + b. Where W takes
 * orthonormal directions to orthonormal ones its transpose undoes it, exactly on what it keeps: X = (Y − b)/s·Wᵀ + a.
 * Else it is the X of least ‖(X − a)·W − (Y − b)/s‖² + λ‖X − a‖², λ being `ridge` times the largest squared singular
 * value of W: the Wᵀ of searchlights or of a regression is no inverse. W·Wᵀ is not formed.
 */
export function backProjected(
  linalg: Linalg,
  { offsetIn, offsetOut, scale, map }: Transform,
  common: Matrix,
  ridge: number,
): BackProjected {
  const back = transposedMap(map);
  const around = (rows: Matrix) => timesMap(linalg, timesMap(linalg, rows, map), back);
  const { gaussian } = randomOf(1, "back-projection");
  const width = offsetIn.length;
  const probes = matrixFrom(PROBES, width, Array.from({ length: PROBES * width }, gaussian));
  const once = timesMap(linalg, probes, map);
  const again = timesMap(linalg, around(probes), map);
  const apart = again.data.map((value, at) => value - (once.data[at] as number));
  const orthogonal = norm({ ...again, data: apart }) <= ORTHOGONAL * norm(once);
  // A scale of 0 keeps nothing, and nothing comes back.
  const right = timesMap(linalg, scaled(lessOffsets(common, offsetOut), scale === 0 ? 0 : 1 / scale), back);
  const shift = () => ridge * largestEigenvalue(around, probes.data.subarray(0, width), POWERS);
  const found = orthogonal ? right : solveShifted(around, right, shift());
  const minus = offsetIn.map((value) => -value);
  return { samples: lessOffsets(found, minus), way: orthogonal ? "orthogonal" : "ridge" };
}
