import type { Plan } from "#app/contract/plan.ts";
import type { IscFound, IscTest } from "#app/contract/statistics.ts";
import type { HeldOutMaps, MapArrays } from "#app/evaluate/held-out-maps.ts";
import { type TestedVoxels, testIsc } from "#app/evaluate/isc/isc-test.ts";
import type { Pool } from "./pool.ts";

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
  { pool, signal }: { readonly pool: Pool; readonly signal: AbortSignal | undefined },
): Promise<TestedCorrelations | null> {
  if (settings === null) return null;
  const tested = (arrays: MapArrays) =>
    pool.drive(testIsc(settings, { arrays, subjects, runLengths, seed }), { signal });
  const [onAnatomy, aligned] = [await tested(before), after === null ? null : await tested(after)];
  return {
    found: { ...settings, before: foundIn(onAnatomy), after: aligned && foundIn(aligned) },
    before: onAnatomy,
    after: aligned,
  };
}

/** As the Results folder has them: 4 × V. */
export function testedArrays(tested: TestedCorrelations | null) {
  const stacked = (side: TestedVoxels | null | undefined) =>
    side ? Float32Array.from([...side.mean, ...side.p, ...side.q, ...side.pMax]) : null;
  return { before: stacked(tested?.before), after: stacked(tested?.after) };
}

function foundIn({ p, q, pMax, threshold }: TestedVoxels): IscFound {
  const below = (values: Float64Array) => values.filter((value) => value < ALPHA).length;
  return {
    voxels: p.filter((value) => !Number.isNaN(value)).length,
    uncorrected: below(p),
    fdr: below(q),
    max: below(pMax),
    threshold,
  };
}
