import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { highest, meanOfLists } from "#app/linalg/vector.ts";
import type { Searchlight } from "./searchlights.ts";

/**
 * How well the course of each voxel is found again in the other subjects (Haxby et al. 2011): over all others the sum of the
 * highest product of its samples (T × V_i, z-scored) with those of any of their voxels. One list a subject, as PyMVPA's
 * compute_feature_scores has them.
 */
export function voxelScores(linalg: Linalg, samples: readonly Matrix[]): readonly Float64Array[] {
  const scores = samples.map(({ columns }) => new Float64Array(columns));
  samples.forEach((own, i) => {
    samples.slice(i + 1).forEach((other, k) => {
      const { rows, columns, data } = linalg.multiply(own, other, { left: true });
      const [ofOwn, ofOther] = [scores[i] as Float64Array, scores[i + 1 + k] as Float64Array];
      const best = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
      for (let row = 0; row < rows; row++) {
        let most = Number.NEGATIVE_INFINITY;
        for (let column = 0; column < columns; column++) {
          const value = data[row * columns + column] as number;
          most = Math.max(most, value);
          best[column] = Math.max(best[column] as number, value);
        }
        ofOwn[row] = (ofOwn[row] as number) + most;
      }
      best.forEach((value, column) => {
        ofOther[column] = (ofOther[column] as number) + value;
      });
    });
  });
  return scores;
}

/**
 * A searchlight with a share of its voxels: those that score best on the mean over subjects, and its centre in any case. All
 * subjects keep the same ones, as with PyMVPA's use_same_features.
 */
export function bestOf(
  { columns, distances }: Searchlight,
  scores: readonly Float64Array[],
  share: number,
): Searchlight {
  const mean = meanOfLists(scores);
  mean[distances.indexOf(0)] = Number.POSITIVE_INFINITY;
  const kept = highest(mean, Math.max(1, Math.floor(share * columns.length)));
  return {
    columns: kept.map((at) => columns[at] as number),
    distances: Float64Array.from(kept, (at) => distances[at] as number),
  };
}
