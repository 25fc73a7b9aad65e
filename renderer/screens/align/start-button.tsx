import type { Plan } from "#app/contract/plan.ts";
import { hint } from "#renderer/commands/command-table.ts";
import { progressText } from "#renderer/frame/progress-text.ts";
import { usePlace } from "#renderer/state/place.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useRuns } from "#renderer/state/runs.ts";

/** The one button; while a run goes on, its progress in the same place. */
export function StartButton({ plan }: { readonly plan: Plan }) {
  const { running, wrong, shown, start, cancel } = useRuns();
  const faulty = usePlanDraft((draft) => draft.preview === null);
  const go = usePlace((state) => state.go);
  const progress = running?.progress ?? null;
  const seeable = shown !== null && running === null;
  return (
    <div className="start">
      {running === null ? (
        <button
          type="button"
          className="primary large"
          title={hint("run.start")}
          disabled={faulty}
          onClick={() => void start(plan)}
        >
          Align and classify
        </button>
      ) : (
        <button type="button" className="large" onClick={() => void cancel()}>
          Cancel
        </button>
      )}
      <progress
        aria-label="Progress of the run"
        max={1}
        value={running === null ? 0 : progress?.total ? progress.done / progress.total : 0}
      />
      <div className="after">
        {seeable ? (
          <button type="button" onClick={() => go("Classify")}>
            See the result
          </button>
        ) : (
          <p className="quiet">{running === null ? "" : progressText(progress)}</p>
        )}
      </div>
      <p className="wrong" role="alert">
        {wrong && `▲ ${wrong}`}
      </p>
    </div>
  );
}
