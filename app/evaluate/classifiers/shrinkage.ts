import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * How much of a covariance to replace by equal variances (Ledoit & Wolf 2004, doi 10.1016/S0047-259X(03)00096-4), of samples
 * less their mean, n × V: from 0 to 1. In products of samples: ‖XᵀX‖ = ‖XXᵀ‖.
 */
export function ledoitWolfShrinkage(linalg: Linalg, centred: Matrix): number {
  const { rows: n, columns: features } = centred;
  const { data } = linalg.gram(centred);
  let [trace, fourth] = [0, 0];
  for (let row = 0; row < n; row++) {
    const square = data[row * n + row] as number;
    trace += square / n;
    fourth += square ** 2 / n;
  }
  const squares = data.reduce((sum, value) => sum + value ** 2, 0) / n ** 2;
  const spread = (squares - trace ** 2 / features) / features;
  const noise = Math.min((fourth - squares) / (n * features), spread);
  return noise <= 0 ? 0 : noise / spread;
}
