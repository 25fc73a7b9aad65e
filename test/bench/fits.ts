import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { runInline } from "#app/linalg/task.ts";
import { simulated } from "./simulated.ts";

/** What fits are measured with where it is not the defaults: the settings of the measurements of the peers. */
const settings: Readonly<Record<string, object>> = {
  srm: { components: 20 },
};

/** Of the searchlights, three voxels of a millimetre; the ridge is Feilong's 1000. */
const searchlights: Readonly<Record<string, { readonly method: string; readonly parameters: object }>> = {
  "searchlights-hyperalignment": { method: "hyperalignment", parameters: {} },
  "searchlights-warp": { method: "warp", parameters: { ridge: 10 } },
};

/** A method's fit in this thread, on simulated subjects of rows × voxels; null where no method is called so. */
export function fitWork(
  linalg: Linalg,
  name: string,
  subjects: number,
  rows: number,
  voxels: number,
): (() => unknown) | null {
  const data = simulated(linalg, subjects, rows, voxels);
  const cut = searchlights[name];
  if (cut !== undefined) {
    const used = inSearchlights(aligners[cut.method] as Aligner, { radiusMm: 3, spacingMm: null, keep: 1 });
    const places = ballOf(voxels);
    const placed = data.map((subject) => ({ ...subject, places }));
    return () => runInline(used.fit(placed, used.parameters.parse(cut.parameters)), used.tasks, linalg);
  }
  const aligner = aligners[name];
  if (aligner === undefined) return null;
  const parameters = aligner.parameters.parse(settings[name] ?? {});
  return () => runInline(aligner.fit(data, parameters), aligner.tasks, linalg);
}

/** So many points of a lattice of a millimetre, those nearest its origin, in the order of an image's voxels. */
function ballOf(count: number): Float64Array {
  const side = Math.ceil(Math.cbrt(count));
  const axis = Array.from({ length: 2 * side + 1 }, (_, at) => at - side);
  const points = axis.flatMap((z) => axis.flatMap((y) => axis.map((x) => [x, y, z] as const)));
  const far = ([x, y, z]: readonly [number, number, number]) => x * x + y * y + z * z;
  const kept = new Set([...points].sort((a, b) => far(a) - far(b)).slice(0, count));
  return Float64Array.from(points.filter((point) => kept.has(point)).flat());
}
