import { aligners } from "#app/align/aligners.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { runInline } from "#app/linalg/task.ts";
import { simulated } from "./simulated.ts";

/** What fits are measured with where it is not the defaults: the settings of the measurements of the peers. */
const settings: Readonly<Record<string, object>> = {
  srm: { components: 20 },
};

/** A method's fit in this thread, on simulated subjects of rows × voxels; null where no method is called so. */
export function fitWork(
  linalg: Linalg,
  name: string,
  subjects: number,
  rows: number,
  voxels: number,
): (() => unknown) | null {
  const aligner = aligners[name];
  if (aligner === undefined) return null;
  const data = simulated(linalg, subjects, rows, voxels);
  const parameters = aligner.parameters.parse(settings[name] ?? {});
  return () => runInline(aligner.fit(data, parameters), aligner.tasks, linalg);
}
