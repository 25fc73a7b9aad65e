import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix } from "#app/linalg/matrix.ts";
import { componentReliability } from "./component-reliability.ts";
import { signedColumns } from "./signed-columns.ts";
import { type Transform, toComponents } from "./transform.ts";

/** A space's rows along its first components, T × k, how far subjects agree on each, and the way onto them. */
export interface SpaceComponents {
  readonly commonSpace: Matrix;
  readonly weights: Float64Array;
  readonly onto: Transform;
}

/**
 * Principal components of the mean of all subjects' rows in one space (each T × V), at most as many as it has rank, as
 * PyMVPA's output_dim. A component's sign is such that its largest loading is positive.
 */
export function spaceComponents(
  linalg: Linalg,
  moved: readonly Matrix[],
  count: number,
  weighted: boolean,
): SpaceComponents {
  const mean = linalg.blend(
    moved,
    moved.map(() => 1 / moved.length),
    false,
  );
  const { matrix, means } = linalg.centre(mean);
  const { v } = gramSvd(linalg, matrix);
  const basis = signedColumns(firstColumns(v, Math.min(count, v.columns)));
  const weights = weighted
    ? componentReliability(moved.map((own) => linalg.multiply(linalg.centre(own).matrix, basis)))
    : new Float64Array(basis.columns).fill(1);
  return { commonSpace: linalg.multiply(matrix, basis), weights, onto: toComponents(means, basis) };
}
