import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

export function DataCard({ plan }: { readonly plan: Plan }) {
  const dataset = useStudy((study) => study.opened?.dataset);
  const change = usePlanDraft((draft) => draft.change);
  if (dataset === undefined) return null;
  const { leaveOut, repairs } = plan.dataset;
  const subjects = dataset.subjects.length - leaveOut.subjects.length;
  const runs = dataset.runs.length - leaveOut.runs.length;
  return (
    <Card
      name="Data"
      summary={`${subjects} subjects, ${runs} runs${repairs.trimToCommonRows ? ", trimmed to common rows" : ""}`}
    >
      <label>
        <input
          type="checkbox"
          checked={repairs.trimToCommonRows}
          onChange={(event) =>
            change((old) => ({
              ...old,
              dataset: { ...old.dataset, repairs: { trimToCommonRows: event.target.checked } },
            }))
          }
        />{" "}
        Trim all subjects to the rows that are whole in all
      </label>
      <p className="quiet">Subjects and runs are left out in Open.</p>
    </Card>
  );
}
