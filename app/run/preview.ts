import type { Dataset } from "#app/contract/dataset.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan, Samples } from "#app/contract/plan.ts";
import { type Preview, roles } from "#app/contract/preview.ts";
import { readEvents } from "#app/dataset/events.ts";
import { expandProtocol, refuseLeak, rolesOf } from "#app/evaluate/folds.ts";
import { describeRegion } from "#app/prepare/region.ts";
import { methodOf } from "./plan-method.ts";

/** Measured on one core of a common laptop: bytes unpacked, and operations of the dense kernels, in a second. */
const READ_BYTES = 60e6;
const OPERATIONS = 8e9;

/**
 * What a Plan will do, from names, headers, masks and events alone.
 * @throws Fault of the Plan, the region or the events, as a run would
 */
export async function previewPlan(dataset: Dataset, plan: Plan, workers: number): Promise<Preview> {
  methodOf(plan);
  const { leaveOut } = plan.dataset;
  const subjects = dataset.subjects.filter((subject) => !leaveOut.subjects.includes(subject));
  const runs = dataset.runs.filter((run) => !leaveOut.runs.includes(run));
  if (subjects.length < 2) throw new Fault("dataset/one-subject", { path: dataset.path });
  const folds = expandProtocol(plan.protocol, runs);
  if (plan.protocol.name === "leave-one-run-out" && folds.length < 2) throw new Fault("plan/too-few-runs");
  folds.forEach(refuseLeak);
  const { voxels, resampled } = await describeRegion(dataset, plan);
  const align = await rowsOf(dataset, runs, plan.samples.align);
  const classify = await rowsOf(dataset, runs, plan.samples.classify);
  const tested = new Set(folds.flatMap(({ testRuns }) => testRuns));
  const conditions = [
    ...new Set(classify.filter(({ run }) => tested.has(run)).flatMap(({ labels }) => labels)),
  ];
  if (conditions.length < 2) throw new Fault("events/one-class");
  const count = (rows: typeof align) => rows.reduce((sum, { count: own }) => sum + own, 0);
  const kept = Math.min(voxels, plan.selection?.voxels ?? voxels);
  const [first, second] = [subjects[0] as string, subjects[1] as string];
  const bytes = dataset.files.reduce((sum, file) => sum + bytesOf(file), 0);
  return {
    folds: folds.map((fold) => ({
      id: fold.id,
      runs: runs.map((run) => {
        const tellRoles = (subject: string) => {
          const own = rolesOf(fold, subject, run, first);
          return roles.filter((role) => own.has(role));
        };
        return { run, tested: tellRoles(first), others: tellRoles(second) };
      }),
    })),
    subjects,
    voxels,
    resampled,
    rows: { align: count(align), classify: count(classify) },
    conditions,
    seconds:
      bytes / READ_BYTES +
      (folds.length * operationsOf(subjects.length, count(align), kept)) / OPERATIONS / workers +
      1,
    memoryBytes: 120e6 + subjects.length * (count(align) + count(classify)) * voxels * 24,
  };
}

/** Labelled rows of each run, or its volumes. */
async function rowsOf(
  dataset: Dataset,
  runs: readonly string[],
  samples: Samples,
): Promise<{ run: string; count: number; labels: string[] }[]> {
  return Promise.all(
    runs.map(async (run) => {
      const files = dataset.files.filter((file) => file.run === run);
      if (samples.kind === "volumes") {
        return { run, count: Math.min(...files.map(({ volumes }) => volumes)), labels: [] };
      }
      const file = files[0];
      if (file?.eventsPath == null)
        throw new Fault("events/missing", { run, subject: file?.subject ?? "every subject" });
      const events = await readEvents(file.eventsPath, samples.column);
      const labels = events.flatMap(({ label }) => label ?? []);
      return { run, count: events.length, labels };
    }),
  );
}

function bytesOf({ grid, volumes }: Dataset["files"][number]): number {
  return grid.dimensions.reduce((product, extent) => product * extent, 4 * volumes);
}

/** About three fits a subject, each an SVD of min(T, V) and three products. */
function operationsOf(subjects: number, rows: number, voxels: number): number {
  const rank = Math.min(rows, voxels);
  return 3 * subjects * (20 * rank ** 3 + 6 * rank * rows * voxels);
}
