import type { Cleaning } from "#app/contract/cleaning.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { TaskRunner } from "#app/linalg/task.ts";
import { type Regressors, readRegressors } from "./confounds.ts";
import { readRuns } from "./read-runs.ts";
import { commonVoxels, type RunVoxels } from "./run-voxels.ts";

/** Who does the work of preparing, and who hears of it. */
export interface Preparing {
  readonly runner: TaskRunner;
  /** Counts images read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How runs are made alike: what of a Plan says it. */
export interface RunRules {
  readonly cleaning: Cleaning;
  /** Whether all subjects are cut to their common rows. */
  readonly trim: boolean;
}

export function runRules({ cleaning, dataset }: Plan): RunRules {
  return { cleaning, trim: dataset.repairs.trimToCommonRows };
}

/** The runs of `files` read, cut, cleaned and z-scored, and sentences of what their confounds were. See commonVoxels. */
export async function cleanedRuns(
  files: readonly RunFile[],
  indices: Int32Array,
  { cleaning, trim }: RunRules,
  { runner, onProgress, signal }: Preparing,
): Promise<RunVoxels & { readonly remarks: readonly string[] }> {
  // Before the images, which take longer: a column that is missing is told at once.
  const regressors = new Map<RunFile, Regressors>();
  for (const file of files) regressors.set(file, await readRegressors(file, cleaning));
  let done = 0;
  onProgress?.(done, files.length);
  const onTask = () => onProgress?.(++done, files.length);
  const found = await runner.drive(readRuns(files, indices, cleaning), { signal, onTask });
  const read = found.map((one, at) => ({ ...one, file: files[at] as RunFile }));
  const voxels = await commonVoxels(read, indices, trim, { cleaning, regressors }, signal);
  return { ...voxels, remarks: [...regressors.values()].flatMap(({ remarks }) => remarks) };
}
