import { Fault } from "#app/contract/fault.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { broughtBack, patternOfOthers } from "./back-projection.ts";
import type { LastTransform } from "./last-transform.ts";

export interface ForetoldAsked {
  readonly folder: string;
  readonly subject: string;
  readonly condition: string;
}

/** A subject's pattern of a condition as the others' samples and the common space foretell it. */
export interface ForetoldPattern {
  /** Linear on the grid; of each the mean over the folds that have it. */
  readonly voxels: Int32Array;
  readonly values: Float64Array;
  readonly way: "orthogonal" | "ridge";
  /** How many folds tested the condition. */
  readonly folds: number;
}

/**
 * The other subjects' mean pattern of the samples tested, of each fold in its common space and from there in the subject's
 * own voxels, and the mean of that over folds: no sample of the subject's that it is compared with took part.
 * @throws Fault results/incomplete, transforms/none, transforms/unknown, transforms/no-condition
 */
export async function foretoldPattern(
  { folder, subject, condition }: ForetoldAsked,
  transforms: LastTransform,
  linalg: Linalg,
): Promise<ForetoldPattern> {
  const sums = new Map<number, { sum: number; count: number }>();
  const ways = new Set<ForetoldPattern["way"]>();
  let folds = 0;
  for (const fold of await transforms.all(folder, subject)) {
    const pattern = patternOfOthers(fold, condition);
    if (pattern === null) continue;
    folds += 1;
    const { samples, way } = broughtBack(linalg, fold, pattern);
    ways.add(way);
    fold.transform.voxels.forEach((voxel, at) => {
      const { sum, count } = sums.get(voxel) ?? { sum: 0, count: 0 };
      sums.set(voxel, { sum: sum + (samples.data[at] as number), count: count + 1 });
    });
  }
  if (folds === 0) throw new Fault("transforms/no-condition", { condition });
  const voxels = Int32Array.from(sums.keys()).sort();
  const values = Float64Array.from(voxels, (voxel) => {
    const { sum, count } = sums.get(voxel) as { sum: number; count: number };
    return sum / count;
  });
  return { voxels, values, way: ways.has("ridge") ? "ridge" : "orthogonal", folds };
}
