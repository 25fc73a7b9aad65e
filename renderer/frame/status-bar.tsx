import { progressText } from "#renderer/frame/progress-text.ts";
import { placeWords } from "#renderer/parts/numbers.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { usePreferences } from "#renderer/state/preferences.ts";
import { useRuns } from "#renderer/state/runs.ts";
import { useSelection } from "#renderer/state/selection.ts";
import { useStudy } from "#renderer/state/study.ts";

/** Always true: what the engine does, from every place, and where the crosshair is. */
export function StatusBar() {
  const { running, engine, lost, cancel } = useRuns();
  const { subject, crosshair } = useSelection();
  const { convention, prefer } = usePreferences();
  const other = convention === "neurological" ? "radiological" : "neurological";
  const examining = useStudy((study) => study.examining);
  const placed = useInspectView((view) => view.shown === null || view.shown.region !== null);
  const space = useStudy((study) => study.opened?.dataset.space ?? null);
  return (
    <footer>
      <span role="status" className={lost !== "" && engine === null ? "wrong" : ""}>
        {running !== null
          ? `◐ ${progressText(running.progress)}`
          : examining !== null
            ? `◐ Reading voxels, ${examining.done} of ${examining.total} images`
            : engine === null
              ? `○ ${lost === "" ? "Engine starting" : lost}`
              : `● Engine idle, ${engine.workers} workers, ${engine.kernels} kernels`}
      </span>
      {running !== null && (
        <button type="button" className="small" onClick={() => void cancel()}>
          Cancel
        </button>
      )}
      <span className="spring" />
      {crosshair !== null && placed && (
        <span>
          {placeWords(crosshair)}
          {space === null ? "" : ` ${space}`}
        </span>
      )}
      <button
        type="button"
        className="link convention"
        title={`${convention === "neurological" ? "Left is left" : "Left is right"} in the brains. Press to switch.`}
        onClick={() => prefer({ convention: other })}
      >
        {convention === "neurological" ? "Neurological" : "Radiological"}
      </button>
      {subject !== null && <span>{subject}</span>}
    </footer>
  );
}
