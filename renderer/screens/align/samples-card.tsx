import type { Plan, Samples } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

const USUAL_SHIFT_SECONDS = 5;

export function SamplesCard({ plan }: { readonly plan: Plan }) {
  const { align, classify } = plan.samples;
  return (
    <Card name="Samples" summary={`aligned on ${tell(align)}; classified by ${tell(classify)}`}>
      <SamplesFields name="align" label="Align on" samples={align} />
      <SamplesFields name="classify" label="Classify" samples={classify} />
      <p className="quiet">
        The shift allows for the haemodynamic lag. Data that are shifted already want 0 s; 4 to 6 s are usual.
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
  const events = useStudy((study) => study.opened?.dataset.events ?? []);
  const columns = [...new Set(events.flatMap((run) => run.columns.map((column) => column.name)))];
  const set = (next: Samples) => change((plan) => ({ ...plan, samples: { ...plan.samples, [name]: next } }));
  return (
    <div className="row">
      <label>
        {label}{" "}
        <select
          value={samples.kind}
          onChange={(event) =>
            set(
              event.target.value === "volumes"
                ? { kind: "volumes" }
                : { kind: "events", shiftSeconds: USUAL_SHIFT_SECONDS, column: columns[0] ?? "trial_type" },
            )
          }
        >
          <option value="volumes">all volumes</option>
          <option value="events">means over events</option>
        </select>
      </label>
      {samples.kind === "events" && (
        <>
          <label>
            of{" "}
            <select
              value={samples.column}
              onChange={(event) => set({ ...samples, column: event.target.value })}
            >
              {columns.map((column) => (
                <option key={column}>{column}</option>
              ))}
            </select>
          </label>
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
        </>
      )}
    </div>
  );
}

function tell(samples: Samples): string {
  if (samples.kind === "volumes") return "all volumes";
  return `means over events, shifted by ${samples.shiftSeconds} s`;
}
