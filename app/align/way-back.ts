import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, scaledColumns, scaledRows, zeros } from "#app/linalg/matrix.ts";
import { randomOf } from "#app/linalg/random.ts";
import { norm } from "#app/linalg/vector.ts";
import type { CommonColumns } from "./aligner.ts";
import { dualWeights, scaledRidge, smootherMap } from "./smoother.ts";
import { type Transform, timesMap, transposedMap } from "./transform.ts";

/**
 * How rows y of a common space (k columns) come into a subject's voxels where the transform is not orthogonal: by the ridge
 * regression of the subject's samples on the samples aligned on as they lie in the common space, S (T × k). With means m of
 * S, "by columns" it is (y − m)·matrix + offset, matrix k × V; "by samples" (y − m)·(S − m)ᵀ·matrix + offset, matrix T × V.
 * The inverse of a map W would not do: a regression's W damps what varies most, and its inverse would damp it once more; the
 * regression of the samples is what W's columns stand for (Haufe et al. 2014).
 */
export interface WayBack {
  readonly kind: "columns" | "samples";
  readonly matrix: Matrix;
  readonly offset: Float64Array;
}

interface Fitted {
  readonly transform: Transform;
  /** The subject's samples aligned on, T × V. */
  readonly samples: Matrix;
  readonly commonSpace: Matrix;
  readonly columns: CommonColumns;
}

/** A map is taken for one of orthonormal directions if W·Wᵀ·W differs from W by no more than this share. */
const ORTHOGONAL = 1e-6;
/** That is seen by so many rows of noise. */
const PROBES = 3;

/** In units of the mean square of the singular values of what is regressed on. */
const RIDGE = 0.01;

/** Null of a transform whose transpose undoes it. */
export function wayBack(
  linalg: Linalg,
  { transform, samples, commonSpace, columns }: Fitted,
): WayBack | null {
  if (isOrthogonal(linalg, transform)) return null;
  const { matrix: own, means: offset } = linalg.centre(samples);
  const { matrix: space } = linalg.centre(commonSpace);
  if (columns.kind === "components") {
    // What is shared reliably is damped least.
    const { weights } = columns;
    const matrix = smootherMap(
      linalg,
      scaledColumns(space, (k) => weights[k] as number),
      RIDGE,
      own,
    );
    return { kind: "columns", matrix: scaledRows(matrix, weights), offset };
  }
  if (space.rows >= space.columns) {
    return { kind: "columns", matrix: smootherMap(linalg, space, RIDGE, own), offset };
  }
  const ridge = scaledRidge(space, RIDGE);
  // A space that does not vary says nothing.
  const matrix = ridge > 0 ? dualWeights(linalg, space, ridge, own) : zeros(space.rows, own.columns);
  return { kind: "samples", matrix, offset };
}

/** Whether W takes orthonormal directions to orthonormal ones, so that Wᵀ undoes it on what it keeps. */
function isOrthogonal(linalg: Linalg, { map, offsetIn }: Transform): boolean {
  const back = transposedMap(map);
  const { gaussian } = randomOf(1, "back-projection");
  const width = offsetIn.length;
  const probes = matrixFrom(PROBES, width, Array.from({ length: PROBES * width }, gaussian));
  const once = timesMap(linalg, probes, map);
  const again = timesMap(linalg, timesMap(linalg, once, back), map);
  const apart = again.data.map((value, at) => value - (once.data[at] as number));
  return norm({ ...again, data: apart }) <= ORTHOGONAL * norm(once);
}
