import type { RunSummary } from "#app/contract/calls.ts";
import { percent } from "#app/contract/percent.ts";
import { bridge } from "#renderer/bridge.ts";
import { localTime } from "#renderer/parts/local-time.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { usePlace } from "#renderer/state/place.ts";
import { useRuns } from "#renderer/state/runs.ts";

const STATES = {
  running: { glyph: "◐", kind: "" },
  done: { glyph: "●", kind: "good" },
  failed: { glyph: "▲", kind: "error" },
  cancelled: { glyph: "○", kind: "" },
} as const;

/** One run: its state, what it was of, its result in short or why there is none, and what to do with it. */
export function RunLine({ summary, shown }: { readonly summary: RunSummary; readonly shown: boolean }) {
  const { run, method, datasetName, datasetPath, started, state, fault, aligned } = summary;
  const close = () => useDialog.getState().show(null);
  const { show, reuse } = useRuns.getState();
  const { glyph, kind } = STATES[state];
  const name = `${method} of ${datasetName}, ${localTime(started)}`;
  async function look() {
    close();
    await show(run);
    const { place, go } = usePlace.getState();
    if (place === "Open" || place === "Align") go("Classify");
  }
  async function take() {
    close();
    usePlace.getState().go("Align");
    await reuse(run);
  }
  return (
    <li aria-label={name} className={shown ? "shown" : ""}>
      <span className={`state ${kind}`}>
        {glyph} {state}
      </span>
      <span className="what">
        <strong className="path" title={method}>
          {method}
        </strong>
        <span className="quiet path" title={datasetPath}>
          {datasetName}
        </span>
      </span>
      <span className="when">
        {localTime(started)}
        <span className="quiet">{aligned === null ? "" : `aligned ${percent(aligned)}`}</span>
      </span>
      <span className="deeds">
        {state === "done" && (
          <button type="button" disabled={shown} onClick={() => void look()}>
            {shown ? "Shown" : "Show"}
          </button>
        )}
        <button
          type="button"
          title="Show the folder of this run"
          onClick={() => void bridge.call("run.reveal", { run })}
        >
          Folder
        </button>
        <button type="button" title="Take this run's Plan into Align" onClick={() => void take()}>
          Use Plan
        </button>
      </span>
      {fault !== null && state !== "done" && (
        <p className={state === "failed" ? "reason error" : "reason"}>{fault.text}</p>
      )}
    </li>
  );
}
