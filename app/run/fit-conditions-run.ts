import type { ConditionFit, FitRequest } from "#app/contract/condition-fit.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Progress } from "#app/contract/progress.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { rowsOf } from "#app/evaluate/evaluation.ts";
import { type FitConditionsInput, fitConditions } from "#app/evaluate/fit-conditions.ts";
import { type Matrix, takeRows, type Values } from "#app/linalg/matrix.ts";
import { releaseSharedMemory } from "#app/linalg/shared-memory.ts";
import { chooseFiles } from "#app/prepare/chosen-files.ts";
import { type ApartSamples, type Prepared, prepare } from "#app/prepare/prepare.ts";
import type { SampleSet } from "#app/prepare/sample-set.ts";
import { evaluationSamples } from "./evaluation-samples.ts";
import { runOfOtherData } from "./other-data.ts";
import { methodOf } from "./plan-method.ts";
import type { Pool } from "./pool.ts";
import { RunMeter } from "./run-meter.ts";
import { cortexOfPlan, voxelGrid } from "./voxel-grid.ts";

interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Compares a run of one subject, of the Plan's dataset or another, with the common space of the Plan, sample by sample. The
 * space is fitted on the runs that the Plan's protocol aligns on, or all, but never on that run; the conditions are the
 * other subjects', of that run where they have any there, else of all their runs.
 * @throws Fault fit/…, those of preparing and aligning; the signal's reason when it is aborted
 */
export async function fitConditionsOf(
  plan: Plan,
  request: FitRequest,
  pool: Pool,
  { signal, onProgress }: Watch = {},
): Promise<ConditionFit> {
  const meter = new RunMeter(onProgress);
  meter.begin("read", null);
  const method = methodOf(plan);
  const dataset = await describeDataset(plan.dataset.path, plan.dataset.space);
  const chosen = chooseFiles(dataset, plan);
  const cortex = await cortexOfPlan(dataset, plan, chosen.grid);
  const { subjects, runs } = chosen;
  const { subject, data, newSubject } = request;
  if (!subjects.includes(subject))
    throw new Fault("fit/unknown-subject", { subject, known: subjects.join(", ") });
  const file = data === null ? null : await runOfOtherData(data, request, chosen, dataset.space);
  const run = file?.run ?? request.run;
  if (file === null && !runs.includes(run))
    throw new Fault("fit/unknown-run", { run, known: runs.join(", ") });
  const allowed = plan.protocol.name === "fit-test" ? plan.protocol.fit : runs;
  // In the order that rows lie in.
  const fitRuns = runs.filter((one) => one !== run && allowed.includes(one));
  if (fitRuns.length === 0) throw new Fault("fit/no-runs", { run });
  const watched = (done: number, total: number) => meter.set(done, total);
  const prepared = await prepare(
    dataset,
    plan,
    { runner: pool, onProgress: watched, signal },
    { subject, file },
  );
  releaseSharedMemory();
  const { grid, indices } = prepared.voxels;
  const compared = comparedRows(prepared, request, run);
  const { patternRuns, conditions } = conditionsOf(prepared.classify, run);
  const input: FitConditionsInput = {
    align: evaluationSamples(prepared.align, prepared.voxels.count),
    labelled: evaluationSamples(prepared.classify, prepared.voxels.count),
    subject: prepared.subjects.indexOf(subject),
    rows: compared.rows,
    block: compared.block,
    fitRuns,
    patternRuns,
    conditions,
    selection: plan.selection,
    newSubject,
  };
  const size = { subjects: subjects.length, voxels: indices.length, grid };
  meter.begin("align and classify", method.tasksOfFit(fitRuns.length, size));
  const align = method.over(voxelGrid(grid, indices, cortex));
  const scores = await pool.drive(fitConditions(input, align), { signal, onTask: () => meter.advance() });
  const rows = compared.onsets.map((onset, at) => ({
    onset,
    ...bestOf(scores, at, conditions),
    label: compared.labels[at] ?? null,
  }));
  const known = rows.filter(({ label }) => label !== null && conditions.includes(label));
  return {
    subject,
    run,
    claim: newSubject ? "new subject" : "same subjects, new data",
    conditions,
    fitRuns,
    patternRuns,
    rows,
    accuracy:
      known.length === 0 ? null : known.filter(({ best, label }) => best === label).length / known.length,
    chance: 1 / conditions.length,
  };
}

/** The subject's rows to compare, when they begin and what they are said to be, and the run's rows as aligned on. */
function comparedRows({ apart, voxels }: Prepared, { subject, samples }: FitRequest, run: string) {
  const { align, classify } = apart as ApartSamples;
  const set = samples === "events" ? classify : align;
  if (set === null) throw new Fault("fit/no-events", { run, subject });
  const ofRun = ({ data, rows, runs }: SampleSet) => {
    const all: Values = { rows, columns: voxels.count, data: data[0] as Float32Array };
    return takeRows(all, rowsOf(runs, [run]));
  };
  const at = rowsOf(set.runs, [run]);
  if (at.length === 0) throw new Fault("fit/no-events", { run, subject });
  return {
    rows: ofRun(set),
    block: ofRun(align),
    onsets: at.map((row) => set.onsets[row] as number),
    labels: at.map((row) => set.labels[row] ?? null),
  };
}

/** The conditions that the others have in the run, or anywhere, and the runs of their patterns. */
function conditionsOf({ runs, labels }: SampleSet, run: string) {
  const of = (wanted: (row: number) => boolean) => [
    ...new Set(labels.filter((label, row) => label !== null && wanted(row))),
  ];
  const own = of((row) => runs[row] === run);
  const conditions = (own.length > 1 ? own : of(() => true)) as string[];
  if (conditions.length < 2) throw new Fault("fit/no-conditions");
  return { conditions, patternRuns: own.length > 1 ? [run] : [...new Set(runs)] };
}

function bestOf({ columns, data }: Matrix, row: number, conditions: readonly string[]) {
  const scores = [...data.subarray(row * columns, (row + 1) * columns)];
  if (scores.some(Number.isNaN)) return { scores: null, best: null, margin: null };
  const [first, second] = [...scores].sort((a, b) => b - a) as [number, number];
  return { scores, best: conditions[scores.indexOf(first)] ?? null, margin: first - second };
}
