import { takeRows, type Values } from "#app/linalg/matrix.ts";
import { columnCorrelations } from "../isc/isc.ts";
import { meanPatterns } from "../mean-patterns.ts";

/**
 * How alike each voxel's profile over conditions is from one part of the data to another: the mean, over pairs of parts, of
 * the correlation of its means over the conditions that both parts have (Mitchell et al. 2008, doi
 * 10.1126/science.1152876). Rows × voxels, the label and the part of each row; 0 where a profile is flat. NaN in all where no
 * two parts share two conditions.
 */
export function stability(
  samples: Values,
  rows: readonly number[],
  labels: readonly number[],
  parts: readonly number[],
): Float64Array {
  const profiles = [...new Set(parts)].map((part) => {
    const own = rows.flatMap((row, at) => (parts[at] === part ? [{ row, label: labels[at] as number }] : []));
    return { own, classes: new Set(own.map(({ label }) => label)) };
  });
  const sums = new Float64Array(samples.columns);
  let pairs = 0;
  for (const [at, a] of profiles.entries()) {
    for (const b of profiles.slice(at + 1)) {
      const shared = [...a.classes].filter((label) => b.classes.has(label));
      if (shared.length < 2) continue;
      const means = [a, b].map(({ own }) => {
        const kept = own.filter(({ label }) => shared.includes(label));
        return meanPatterns(
          takeRows(
            samples,
            kept.map(({ row }) => row),
          ),
          kept.map(({ label }) => label),
          shared,
        );
      });
      const found = columnCorrelations(means[0] as (typeof means)[0], means[1] as (typeof means)[0]);
      found.forEach((value, column) => {
        sums[column] = (sums[column] as number) + (value || 0);
      });
      pairs += 1;
    }
  }
  return sums.map((sum) => sum / pairs);
}
