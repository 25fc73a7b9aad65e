import { absentSubjects } from "#app/contract/absent-subjects.ts";
import { type ConditionSamples, conditionSamples } from "#app/contract/condition-samples.ts";
import type { Dataset } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import {
  exampleName,
  examplePlan,
  filmName,
  filmPlan,
  wholeBrainName,
  wholeBrainPlan,
} from "#app/example/example-plan.ts";

/** A run with fewer volumes leaves too few on either side of a gap. */
const LEAST_TO_CUT = 60;

/** A Plan to start from: the example study's own, else what the runs' conditions allow. */
export function suggestPlan(dataset: Dataset): Plan {
  if (dataset.name === exampleName) return examplePlan(dataset.path);
  if (dataset.name === filmName) return filmPlan(dataset.path);
  if (dataset.name === wholeBrainName) return wholeBrainPlan(dataset.path);
  const conditions = conditionSamples(dataset);
  const shared = conditionsRepeat(dataset, conditions) && dataset.runs.length > 1;
  const last = dataset.runs.at(-1) ?? "";
  const several = dataset.runs.length > 1;
  return Plan.parse({
    version: 1,
    dataset: {
      path: dataset.path,
      // Where there is a choice the Plan keeps it.
      space: dataset.spaces.length > 1 ? dataset.space : null,
      // What is not downloaded can't be used; it comes back with its files.
      leaveOut: { subjects: absentSubjects(dataset), runs: [] },
      repairs: { trimToCommonRows: true },
    },
    region: dataset.masks[0] === undefined ? { kind: "brain" } : { kind: "mask", path: dataset.masks[0] },
    samples: { align: shared ? conditions : { kind: "volumes" }, classify: conditions },
    // Films are matched best by components, conditions compared best in voxels.
    method: { name: shared ? "hyperalignment" : "weighted-mcca" },
    protocol: shared
      ? { name: "leave-one-run-out" }
      : several
        ? { name: "fit-test", fit: dataset.runs.slice(0, -1), test: [last] }
        : canBeCut(dataset, conditions)
          ? { name: "leave-one-block-out" }
          : { name: "leave-one-subject-out" },
    classifier: shared ? { name: "linear-svm" } : { name: "nearest-class-correlation" },
    timeSegments: shared ? null : { length: 10 },
  });
}

/** Whether the one run is long enough to be cut into halves, each with several conditions. */
function canBeCut(dataset: Dataset, samples: ConditionSamples): boolean {
  if (Math.min(...dataset.files.map(({ volumes }) => volumes)) < LEAST_TO_CUT) return false;
  const values = labelsOf(dataset, samples, dataset.runs[0] ?? "");
  const half = values.length >> 1;
  return [values.slice(0, half), values.slice(half)].every(
    (part) => new Set(part.filter((label) => label !== null)).size > 1,
  );
}

/** Whether every run shows the same conditions. */
function conditionsRepeat(dataset: Dataset, samples: ConditionSamples): boolean {
  const sets = dataset.runs.map((run) => [...new Set(labelsOf(dataset, samples, run))].sort().join("\n"));
  return sets[0] !== "" && sets.every((set) => set === sets[0]);
}

/** The labels of a run's events, or of its volumes, in their order. */
function labelsOf(
  { events, files }: Dataset,
  samples: ConditionSamples,
  run: string,
): readonly (string | null)[] {
  const columns =
    samples.kind === "events"
      ? events.find((one) => one.run === run)?.columns
      : files.find((file) => file.run === run)?.labels;
  return columns?.find(({ name }) => name === samples.column)?.values ?? [];
}
