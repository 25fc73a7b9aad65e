import type { Dataset } from "#app/contract/dataset.ts";
import { Plan, type Samples } from "#app/contract/plan.ts";
import { exampleName, examplePlan } from "#app/example/example-plan.ts";

/** The usual time from an event to the peak of its response; a person should think about it. */
const USUAL_SHIFT_SECONDS = 5;

/** A Plan to start from: the example study's own, else what the runs' conditions allow. */
export function suggestPlan(dataset: Dataset): Plan {
  if (dataset.name === exampleName) return examplePlan(dataset.path);
  const column = columnOf(dataset);
  const shared = column !== null && conditionsRepeat(dataset, column) && dataset.runs.length > 1;
  const events: EventSamples = {
    kind: "events",
    shiftSeconds: USUAL_SHIFT_SECONDS,
    column: column ?? "trial_type",
  };
  const last = dataset.runs.at(-1) ?? "";
  const several = dataset.runs.length > 1;
  return Plan.parse({
    version: 1,
    dataset: { path: dataset.path, repairs: { trimToCommonRows: true } },
    region: dataset.masks[0] === undefined ? { kind: "brain" } : { kind: "mask", path: dataset.masks[0] },
    samples: { align: shared ? events : { kind: "volumes" }, classify: events },
    method: { name: "hyperalignment" },
    protocol: shared
      ? { name: "leave-one-run-out" }
      : several
        ? { name: "fit-test", fit: dataset.runs.slice(0, -1), test: [last] }
        : { name: "leave-one-subject-out" },
    classifier: shared ? { name: "linear-svm" } : { name: "nearest-class-correlation" },
  });
}

type EventSamples = Extract<Samples, { kind: "events" }>;

/** trial_type where the events have it, else their first other column. */
function columnOf({ events }: Dataset): string | null {
  const names = events.flatMap(({ columns }) => columns.map(({ name }) => name));
  return names.includes("trial_type") ? "trial_type" : (names[0] ?? null);
}

/** Whether every run shows the same conditions. */
function conditionsRepeat({ events, runs }: Dataset, column: string): boolean {
  const sets = runs.map((run) => {
    const found = events.find((one) => one.run === run)?.columns.find(({ name }) => name === column);
    return [...(found?.values ?? [])].sort().join("\n");
  });
  return sets[0] !== "" && sets.every((set) => set === sets[0]);
}
