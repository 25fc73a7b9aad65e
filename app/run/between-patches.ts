import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { HeldOutMaps, MapArrays } from "#app/evaluate/held-out-maps.ts";
import { patchesTask } from "#app/evaluate/isc/isc-tasks.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { kmeansClusters } from "#app/prepare/parcels/kmeans.ts";
import { finish } from "#app/prepare/parcels/steps.ts";
import type { Folding } from "./run-folds.ts";

/**
 * Connectivity between subjects of patches of the region, before and after; null where the Plan does not ask for it, or where
 * voxels have no places. Patches are made by place alone, so that they know nothing of the data.
 */
export async function betweenPatches(
  { connectivity, seed }: Plan,
  { before, after, rows }: HeldOutMaps,
  subjects: number,
  { pool, signal, space: { places, indices } }: Pick<Folding, "pool" | "signal" | "space">,
): Promise<EvaluationResult["connectivity"]> {
  if (connectivity === null || places === null) return null;
  const asked = Math.min(connectivity.patches, indices.length);
  const { labels } = await finish(kmeansClusters(Float32Array.from(places), 3, asked, seed), signal);
  const { patches, centres } = inPlace(labels, places);
  const count = centres.length;
  const of = ({ timeCourses, others }: MapArrays) =>
    patchesTask({ timeCourses, others, subjects, rows: rows.length, patches, count });
  const sides = after === null ? [of(before)] : [of(before), of(after)];
  const found = await pool.drive(
    (function* () {
      return (yield sides) as readonly Matrix[];
    })(),
    { signal },
  );
  const [first, second] = found.map(tableOf);
  if (first === undefined) return null;
  const sizes = new Int32Array(count);
  for (const patch of patches) sizes[patch - 1] = (sizes[patch - 1] as number) + 1;
  return {
    patches: centres.map((centreMm, at) => ({ centreMm, voxels: sizes[at] as number })),
    before: first,
    after: second ?? null,
  };
}

/** Patches in the order of their middles: left before right, and in each from the front to the back. */
function inPlace(
  labels: Int32Array,
  places: Float64Array,
): { readonly patches: Int32Array; readonly centres: (readonly [number, number, number])[] } {
  const sums = new Map<number, { number: number; at: number[]; voxels: number }>();
  labels.forEach((number, voxel) => {
    const own = sums.get(number) ?? { number, at: [0, 0, 0], voxels: 0 };
    own.at = own.at.map((sum, axis) => sum + (places[3 * voxel + axis] as number));
    own.voxels += 1;
    sums.set(number, own);
  });
  const middles = [...sums.values()].map(({ number, at, voxels }) => ({
    number,
    at: at.map((sum) => sum / voxels) as [number, number, number],
  }));
  middles.sort((a, b) => Number(a.at[0] > 0) - Number(b.at[0] > 0) || b.at[1] - a.at[1]);
  const order = new Map(middles.map(({ number }, place) => [number, place + 1]));
  return {
    patches: labels.map((number) => order.get(number) as number),
    centres: middles.map(({ at }) => at),
  };
}

function tableOf({ rows, columns, data }: Matrix): (number | null)[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), (value) =>
      Number.isFinite(value) ? value : null,
    ),
  );
}
