import { conditionSamples } from "#app/contract/condition-samples.ts";
import type { Plan, Samples } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

export function SamplesCard({ plan }: { readonly plan: Plan }) {
  const { align, classify } = plan.samples;
  return (
    <Card name="Samples" summary={`aligned on ${tell(align)}; classified by ${tell(classify)}`}>
      <SamplesFields name="align" label="Align on" samples={align} />
      <SamplesFields name="classify" label="Classify" samples={classify} />
      <p className="quiet">
        The shift of events allows for the haemodynamic lag. Data that are shifted already want 0 s; 4 to 6 s
        are usual.
      </p>
    </Card>
  );
}

interface FieldsProps {
  readonly name: "align" | "classify";
  readonly label: string;
  readonly samples: Samples;
}

function SamplesFields({ name, label, samples }: FieldsProps) {
  const change = usePlanDraft((draft) => draft.change);
  const dataset = useStudy((study) => study.opened?.dataset);
  if (dataset === undefined) return null;
  const unique = (values: readonly string[]) => [...new Set(values)];
  const columns = {
    events: unique(dataset.events.flatMap((run) => run.columns.map((column) => column.name))),
    labelled: unique(dataset.files.flatMap(({ labels }) => labels.map((column) => column.name))),
  };
  const usual = conditionSamples(dataset);
  const start: Record<Samples["kind"], Samples> = {
    volumes: { kind: "volumes" },
    events:
      usual.kind === "events"
        ? usual
        : { kind: "events", shiftSeconds: 0, column: columns.events[0] ?? "trial_type" },
    labelled: { kind: "labelled", column: columns.labelled[0] ?? "targets" },
  };
  const set = (next: Samples) => change((plan) => ({ ...plan, samples: { ...plan.samples, [name]: next } }));
  return (
    <div className="row">
      <label>
        {label}{" "}
        <select value={samples.kind} onChange={(event) => set(start[event.target.value as Samples["kind"]])}>
          <option value="volumes">all volumes</option>
          {(columns.events.length > 0 || columns.labelled.length === 0) && (
            <option value="events">means over events</option>
          )}
          {columns.labelled.length > 0 && <option value="labelled">volumes labelled by the file</option>}
        </select>
      </label>
      {samples.kind !== "volumes" && (
        <label>
          {samples.kind === "events" ? "of" : "in"}{" "}
          <select
            value={samples.column}
            onChange={(event) => set({ ...samples, column: event.target.value })}
          >
            {columns[samples.kind].map((column) => (
              <option key={column}>{column}</option>
            ))}
          </select>
        </label>
      )}
      {samples.kind === "events" && (
        <label>
          shifted by{" "}
          <input
            type="number"
            aria-label={`Shift of the samples to ${name}, s`}
            step={0.5}
            min={-60}
            max={60}
            value={samples.shiftSeconds}
            onChange={(event) => set({ ...samples, shiftSeconds: event.target.valueAsNumber || 0 })}
          />{" "}
          s
        </label>
      )}
    </div>
  );
}

function tell(samples: Samples): string {
  if (samples.kind === "volumes") return "all volumes";
  if (samples.kind === "labelled") return `volumes labelled in ${samples.column}`;
  return `means over events, shifted by ${samples.shiftSeconds} s`;
}
