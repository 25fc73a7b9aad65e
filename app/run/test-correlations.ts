import type { Plan } from "#app/contract/plan.ts";
import type { IscFound, IscTest } from "#app/contract/statistics.ts";
import type { HeldOutMaps, MapArrays } from "#app/evaluate/held-out-maps.ts";
import { type TestedClusters, type TestedVoxels, tasksOfTest, testIsc } from "#app/evaluate/isc/isc-test.ts";
import { allSigns } from "#app/evaluate/isc/null-draws.ts";
import { facePairs } from "#app/prepare/face-pairs.ts";
import type { Folding } from "./run-folds.ts";

const ALPHA = 0.05;

/** Voxels tested on either side of alignment, and how many were found. */
export interface TestedCorrelations {
  readonly found: IscTest;
  readonly before: TestedVoxels;
  readonly after: TestedVoxels | null;
}

/** Holds correlations between subjects against chance, before and after alignment; null where the Plan does not ask for it. */
export async function testCorrelations(
  { statistics: { isc: settings }, seed }: Plan,
  { before, after, runLengths }: HeldOutMaps,
  subjects: number,
  { pool, signal, meter, space }: Pick<Folding, "pool" | "signal" | "meter" | "space">,
): Promise<TestedCorrelations | null> {
  if (settings === null) return null;
  const all = allSigns(settings, subjects);
  meter.begin("test correlations", (after === null ? 1 : 2) * tasksOfTest(settings, subjects));
  const { grid, indices } = space;
  const neighbours = grid.kind === "volume" ? Int32Array.from(facePairs(grid, indices)) : null;
  const onTask = () => meter.advance(1);
  const tested = (arrays: MapArrays) =>
    pool.drive(testIsc(settings, { arrays, subjects, runLengths, seed, neighbours }), { signal, onTask });
  const [onAnatomy, aligned] = [await tested(before), after === null ? null : await tested(after)];
  return {
    found: {
      ...settings,
      count: all ?? settings.count,
      exact: all !== null,
      before: foundIn(onAnatomy),
      after: aligned && foundIn(aligned),
    },
    before: onAnatomy,
    after: aligned,
  };
}

/** As the Results folder has them: 5 × V. */
export function testedArrays(tested: TestedCorrelations | null) {
  const stacked = (side: TestedVoxels | null | undefined) =>
    side ? stackedLists([side.mean, side.p, side.q, side.pMax, side.clusters?.p ?? null]) : null;
  return { before: stacked(tested?.before), after: stacked(tested?.after) };
}

/** One after the other; NaN of a list that is missing. */
function stackedLists(lists: readonly (Float64Array | null)[]): Float32Array {
  const voxels = lists[0]?.length ?? 0;
  const out = new Float32Array(lists.length * voxels).fill(Number.NaN);
  lists.forEach((list, at) => {
    if (list !== null) out.set(list, at * voxels);
  });
  return out;
}

function foundIn({ p, q, pMax, threshold, clusters }: TestedVoxels): IscFound {
  const below = (values: Float64Array) => values.filter((value) => value < ALPHA).length;
  return {
    voxels: p.filter((value) => !Number.isNaN(value)).length,
    uncorrected: below(p),
    fdr: below(q),
    max: below(pMax),
    threshold,
    clusters: clusters && {
      voxels: below(clusters.p),
      count: clustersBelow(clusters),
      threshold: clusters.threshold,
    },
  };
}

/** As many clusters of a size as voxels in such ones over that size. */
function clustersBelow({ p, sizes }: TestedClusters): number {
  let count = 0;
  for (let voxel = 0; voxel < p.length; voxel++) {
    if ((p[voxel] as number) < ALPHA) count += 1 / (sizes[voxel] as number);
  }
  return Math.round(count);
}
