import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { identity, type Matrix, scaledColumns, transpose } from "#app/linalg/matrix.ts";
import { NO_VOXELS } from "./shared-voxels.ts";
import type { Transform } from "./transform.ts";

/**
 * Regularised hyperalignment (Xu et al. 2012): samples X = U·diag(s)·Vᵀ (T × V, centred) go over into
 * X·V·diag(1/√((1 − α)s²/unit + α))·Vᵀ, which is X itself at α = 1 (hyperalignment) and has every direction alike at
 * α = 0 (canonical correlation). The paper's unit is 1, so that the same α is little for few samples and much for many;
 * ours is the mean of the min(T, V) values of s². A direction that the samples do not determine has s = 0 and is
 * multiplied by 1/√α, as the paper has it and PyMVPA, which drops it where T < V, has not; at α = 0 nothing bounds it
 * and it is dropped.
 */
export function whitening(linalg: Linalg, samples: Matrix, alpha: number, unit?: number): Transform {
  const { matrix, means: offsetIn, squaredNorm } = linalg.centre(samples);
  const { values, v } = gramSvd(linalg, matrix);
  const by = unit ?? (squaredNorm / Math.min(samples.rows, samples.columns) || 1);
  const gains = values.map((value) => 1 / Math.sqrt(((1 - alpha) * value * value) / by + alpha));
  const rest = alpha > 0 ? alpha ** -0.5 : 0;
  const directions = transpose(v);
  const core = scaledColumns(identity(gains.length), (k) => {
    const gain = gains[k] as number;
    return rest > 0 ? gain / rest - 1 : gain;
  });
  const all = Int32Array.from(offsetIn.keys());
  return {
    offsetIn,
    offsetOut: new Float64Array(offsetIn.length),
    scale: rest > 0 ? rest : 1,
    map: {
      kind: "spanned",
      left: [directions],
      core: [[core]],
      right: [directions],
      shared: rest > 0 ? { source: all, target: all } : NO_VOXELS,
    },
  };
}
