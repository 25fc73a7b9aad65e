import { useEffect, useState } from "react";
import { hint } from "#renderer/commands/command-table.ts";
import { FilePanel } from "#renderer/screens/open/file-panel.tsx";
import { OpenButtons } from "#renderer/screens/open/open-buttons.tsx";
import { Reading } from "#renderer/screens/open/reading.tsx";
import { RunTable } from "#renderer/screens/open/run-table.tsx";
import { Welcome } from "#renderer/screens/open/welcome.tsx";
import { usePlace } from "#renderer/state/place.ts";
import { useStudy } from "#renderer/state/study.ts";
import "./open.css";

/** A way in, or what the open folder holds. */
export function OpenPlace() {
  const { opened, busy, example } = useStudy();
  const go = usePlace((state) => state.go);
  const [chosen, setChosen] = useState<{ subject: string; run: string } | null>(null);
  const path = opened?.dataset.path;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a cell of one dataset means nothing in another.
  useEffect(() => setChosen(null), [path]);
  return (
    <section aria-label="Dataset" className="open">
      {opened === null ? (
        <Welcome />
      ) : (
        <>
          <div className="heading">
            <h1 className="path" title={opened.dataset.path}>
              {opened.dataset.name}
            </h1>
            <span className="spring" />
            <OpenButtons />
            <button type="button" disabled={busy} onClick={() => void example()}>
              Open the example study
            </button>
            <button type="button" className="primary" title={hint("place.Align")} onClick={() => go("Align")}>
              Align
            </button>
          </div>
          <Reading />
          <div className="split">
            <RunTable chosen={chosen} onChoose={setChosen} />
            <FilePanel chosen={chosen} />
          </div>
        </>
      )}
    </section>
  );
}
