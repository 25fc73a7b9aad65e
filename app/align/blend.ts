import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type TaskTable, taskCode } from "#app/linalg/task.ts";

/** A weighted sum of spaces of the same size. */
export type Blend = readonly { readonly space: Matrix; readonly weight: number }[];

/** The sum, taken in the order given; z-scored by voxel if asked. */
export function blend(linalg: Linalg, parts: Blend, zscore: boolean): Matrix {
  return linalg.blend(
    parts.map(({ space }) => space),
    parts.map(({ weight }) => weight),
    zscore,
  );
}

/** The mean of spaces. */
export function meanOf(spaces: readonly Matrix[]): Blend {
  return spaces.map((space) => ({ space, weight: 1 / spaces.length }));
}

/** The mean of all of n spaces but one, of the mean of all. */
export function meanOfOthers(mean: Matrix, own: Matrix, n: number): Blend {
  return [
    { space: mean, weight: n / (n - 1) },
    { space: own, weight: -1 / (n - 1) },
  ];
}

interface SpaceInput {
  readonly of: Blend;
  readonly zscore: boolean;
}

/** The task of `blendSpace`, for the table of a method that blends. */
export const blendTasks: TaskTable = {
  space: taskCode((linalg, { of, zscore }: SpaceInput) => blend(linalg, of, zscore)),
};

/** One space from several, z-scored by voxel if asked. */
export function* blendSpace(of: Blend, zscore: boolean): Staged<Matrix> {
  const input: SpaceInput = { of, zscore };
  return ((yield [{ name: "space", input }]) as readonly [Matrix])[0];
}
