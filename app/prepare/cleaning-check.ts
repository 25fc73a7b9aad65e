import { type Cleaning, cleaningOf, cleansRows, readsConfounds } from "#app/contract/cleaning.ts";
import type { ChosenFiles } from "./chosen-files.ts";
import { runCleaner } from "./clean.ts";
import { readRegressors } from "./confounds.ts";
import { refuseToSmooth } from "./smooth.ts";

/**
 * Refuses a Plan's cleaning as `prepare` would, without reading an image: of every image whether it has a table of
 * confounds, and of the first subject's what stands in it, as hundreds of tables take too long for each change of a Plan.
 * @param rows kept of each run
 * @throws Fault confounds/*, cleaning/too-few-rows, plan/invalid
 */
export async function refuseCleaning(
  { subjects, files, grid }: ChosenFiles,
  cleaning: Cleaning,
  rows: ReadonlyMap<string, number>,
): Promise<void> {
  for (const file of files) {
    const left = cleaningOf(file, cleaning);
    if (left.smoothingMm !== null) refuseToSmooth(grid);
    const { subject, run, confoundsPath } = file;
    if (subject !== subjects[0] && (confoundsPath !== null || !readsConfounds(left))) continue;
    const regressors = await readRegressors(file, cleaning);
    if (cleansRows(left)) runCleaner(file, left, regressors, rows.get(run) ?? 0);
  }
}
