import type { Dataset } from "./dataset.ts";
import type { Samples } from "./plan.ts";

/** The usual time from an event to the peak of its response; a person should think about it. */
const USUAL_SHIFT_SECONDS = 5;

export type ConditionSamples = Exclude<Samples, { kind: "volumes" }>;

/** The labels that the files give their volumes where they do, else the means over events. */
export function conditionSamples({ files, events }: Dataset): ConditionSamples {
  const named = (names: readonly string[], usual: string) => (names.includes(usual) ? usual : names[0]);
  const columns = (files[0]?.labels ?? []).map(({ name }) => name);
  const label = named(
    columns.filter((name) => files.every(({ labels }) => labels.some((column) => column.name === name))),
    "targets",
  );
  if (label !== undefined) return { kind: "labelled", column: label };
  const column = named(
    events.flatMap((run) => run.columns.map(({ name }) => name)),
    "trial_type",
  );
  return { kind: "events", shiftSeconds: USUAL_SHIFT_SECONDS, column: column ?? "trial_type" };
}
