import { basename } from "node:path";
import type { FitRequest } from "#app/contract/condition-fit.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { type ChosenFiles, imageOf, otherGrid } from "#app/prepare/chosen-files.ts";

/**
 * A run of the subject in another dataset than the Plan's, named after both: a run of the Plan's may be called alike and
 * is another. A dataset of one subject is taken for that one, whatever they are called there.
 * @throws Fault fit/unknown-subject, fit/unknown-run, dataset/raw, /different-grid, and the fault of an image that is broken
 */
export async function runOfOtherData(
  path: string,
  { subject, run }: FitRequest,
  { grid, files }: ChosenFiles,
  space: string | null,
): Promise<RunFile> {
  const dataset = await describeDataset(path, space);
  if (dataset.preprocessing === "missing") throw new Fault("dataset/raw", { path });
  const { subjects, runs } = dataset;
  const name = subjects.length === 1 ? subjects[0] : subject;
  if (name === undefined || !subjects.includes(name))
    throw new Fault("fit/unknown-subject", { subject, known: subjects.join(", ") });
  const file = imageOf(dataset, name, run);
  if (file === null) throw new Fault("fit/unknown-run", { run, known: runs.join(", ") });
  const detail = otherGrid(files[0]?.grid ?? grid, file.grid);
  if (detail !== null)
    throw new Fault("dataset/different-grid", { detail: `the Plan's data and ${run}${detail}` });
  return { ...file, subject, run: `${run} of ${basename(path)}` };
}
