import { type DragEvent, useEffect, useState } from "react";
import { bridge } from "#renderer/bridge.ts";
import { hint } from "#renderer/commands/command-table.ts";
import { Shortcuts } from "#renderer/frame/shortcuts.tsx";
import { StatusBar } from "#renderer/frame/status-bar.tsx";
import { TitleBar } from "#renderer/frame/title-bar.tsx";
import { AlignPlace } from "#renderer/screens/align/align-place.tsx";
import { ClassifyPlace } from "#renderer/screens/classify/classify-place.tsx";
import { InspectPlace } from "#renderer/screens/inspect/inspect-place.tsx";
import { AxesDialog } from "#renderer/screens/open/axes-dialog.tsx";
import { GetDataset } from "#renderer/screens/open/get-dataset.tsx";
import { OpenPlace } from "#renderer/screens/open/open-place.tsx";
import { ReportPlace } from "#renderer/screens/report/report-place.tsx";
import { type Place, places, usePlace } from "#renderer/state/place.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useRuns } from "#renderer/state/runs.ts";
import { useStudy } from "#renderer/state/study.ts";
import "./frame.css";

const SCREENS = {
  Open: OpenPlace,
  Align: AlignPlace,
  Inspect: InspectPlace,
  Classify: ClassifyPlace,
  Report: ReportPlace,
} as const;

export function WindowFrame() {
  const { place, go } = usePlace();
  const opened = useStudy((study) => study.opened);
  const hasRun = useRuns((runs) => runs.shown !== null);
  useEffect(() => {
    void useStudy.getState().listRecent();
    void useRuns.getState().list();
  }, []);
  useEffect(() => {
    if (opened !== null) void usePlanDraft.getState().begin(opened.grant);
  }, [opened]);
  const [dragging, setDragging] = useState(false);
  function drag(event: DragEvent) {
    event.preventDefault();
    setDragging(event.dataTransfer.types.includes("Files"));
  }
  function leave(event: DragEvent) {
    // It bubbles from every part of the window; only the window's own has nothing beside.
    if (event.relatedTarget === null) setDragging(false);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setDragging(false);
    const paths = [...event.dataTransfer.files].map((file) => bridge.pathFor(file));
    if (paths.length === 0) return;
    go("Open");
    void useStudy.getState().drop(paths);
  }
  const missing = (name: Place): string | null => {
    if (name === "Open") return null;
    if (name === "Align") return opened === null ? "Open a dataset first." : null;
    return hasRun ? null : "Run an alignment first, or choose a run above.";
  };
  const why = missing(place);
  const Screen = SCREENS[place];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a folder may be dropped anywhere; Open has the button
    <div
      className={dragging ? "frame dragging" : "frame"}
      onDragOver={drag}
      onDragLeave={leave}
      onDrop={drop}
    >
      <TitleBar />
      <nav aria-label="Places">
        {places.map((name) => (
          <button
            type="button"
            key={name}
            title={hint(`place.${name}`, missing(name) ?? undefined)}
            className={missing(name) === null ? "" : "waiting"}
            aria-current={name === place ? "page" : undefined}
            onClick={() => go(name)}
          >
            {name}
          </button>
        ))}
      </nav>
      <main data-place={place}>
        {why === null ? (
          <Screen />
        ) : (
          <div className="empty">
            <h1>{place}</h1>
            <p>{why}</p>
            <button type="button" onClick={() => go(opened === null ? "Open" : "Align")}>
              {opened === null ? "Go to Open" : "Go to Align"}
            </button>
          </div>
        )}
      </main>
      <StatusBar />
      <Shortcuts />
      <GetDataset />
      <AxesDialog />
    </div>
  );
}
